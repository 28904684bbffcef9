"""The employees' hands in the staff groups: what scripts, tests and the page do under `/staff`."""
