renew-now =
    Price: <b>{ $price }</b>, it stays so until { $until } inclusive
    { $difference }

    By tapping “Pay” you confirm these data and agree to the price. The insurer checks them in the state insurance register. If the price is the same, the link comes at once: nothing is charged but by it. If it is another, we ask you first.
renew-now-pay = Pay { $price }
renew-now-change = Change something
renew-now-usual = Renew by way of the check
renew-now-asking =
    Asking the insurer for the price. It takes seconds as a rule and appears here by itself.

    You need not wait: “Renew by way of the check” does the same, only the price comes after the check of the data.
renew-now-none =
    There is no price ready at this moment.

    Tap “Renew by way of the check”: your data are filled in already, and the price comes right after the check.
renew-now-gone = The price from before, { $price }, holds no longer. This is how it stands now.
renew-now-expects = Choose a button. To change something in the policy tap “Change something”.

application-agreed = You have agreed to <b>{ $price }</b>. If the check confirms this price, the link to pay appears here by itself.
application-repriced = ⚠️ The insurer named { $agreed } before, and that is what you agreed to. After the check the price is another one, so we ask you again.
news-payable = The check is passed and the price is the same: { $price }. The link to pay, <b>{ $object }</b>, is in the application, which is in the menu. It can be paid until { $until } Moscow time.
news-saving = The insurer is saving the application.
