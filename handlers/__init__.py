"""The Telegram view of each dialog: screens, buttons, what a typed message means there. Thin."""
