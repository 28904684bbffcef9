receipt-brand = { $brand }
receipt-title = Receipt of a claim
receipt-file = Receipt
receipt-filed = Sent { $filed } (Moscow)
receipt-registered = Sent { $filed }, answer { $registered } (Moscow)
receipt-limit = Limit of payment
receipt-files = Files: { $count }
receipt-head-file = What it shows, its name
receipt-head-size = Size
receipt-head-hash = SHA-256: as sent, as kept
receipt-size = { $size } KB
receipt-journal = The claim’s journal
receipt-journal-first = First entry, SHA-256: { $mark }
receipt-verify = How to verify
receipt-verify-how = Point a camera at the code above, or open the link. The page shows the same checksums and compares your file.
receipt-footer = This receipt confirms that the information was handed over. It is no decision on the claim.
receipt-caption = Receipt of claim <b>{ $number }</b>: what you told us, the files with their checksums, and a code to verify it.
receipt-undelivered = We could not send the receipt of claim <b>{ $number }</b>. Please open the claim, tap “Receipt” and “Send it here” once more.
receipt =
    <b>Receipt of claim { $number }</b>
    What you told us, your files with their checksums, and a code to verify it.

    Where shall we send it?
receipt-no-mail =
    <b>Receipt of claim { $number }</b>
    What you told us, your files with their checksums, and a code to verify it.

    We’ll send it here. To get documents by email, tap “Talk to us” and tell us your address.
receipt-expects = Please choose where to send the receipt.
receipt-mailed = Your email with the receipt of claim <b>{ $number }</b> is on its way. If it takes a while, check your spam folder.
receipt-unmailed = We couldn’t send the email with the receipt of claim <b>{ $number }</b>. Open the claim, tap “Receipt” and “Send it here”. If that fails, tap “Talk to us”: we’ll help.
