welcome =
    Hello! This is your account with the insurance company <b>“{ $brand }”</b>.

    Your policies and documents are here, and a real person if you need one. There’s no password: you log in with your phone number.
welcome-enter = Log in
welcome-expects = To see your policies, tap “Log in”. To ask in your own words, tap “Talk to us”.

consent-why =
    <b>First, we need your consent</b>

    To recognise you by your phone number and show your policies, we process your personal data. Tap the text to read the whole document.
consent-yes = I agree
consent-no = I don’t agree
consent-expects = Please read the document and choose “I agree” or “I don’t agree”.

declined =
    That’s fine: we won’t ask for your phone number or look for your policies.

    Your account can’t open without consent, but we’re here to help: <b>{ $phone }</b> ({ $hours }). You can also write your question in this chat.
declined-again = Back to the consent
declined-expects = Without your consent you can still get help, change the language or talk to us. If you change your mind, tap “Back to the consent”.
