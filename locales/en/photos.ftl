photos-count = <b>{ $done } of { $all }</b>
mark-done = ✓ { $slot }
mark-coming = … { $slot } (uploading)
mark-open = — { $slot }
photos-more = { $count ->
    [one] And { $count } more file.
   *[other] And { $count } more files.
 }
photos-waiting = { $count ->
    [one] { $count } file is still uploading. No need to wait: it’ll get here by itself.
   *[other] { $count } files are still uploading. No need to wait: they’ll get here by themselves.
 }
photos-now = Now: <b>{ $slot }</b>. { $how }
photos-now-plain = Now: <b>{ $slot }</b>.
photos-all = Everything we need is here. You can add more.
photos-how = Send them one by one or as an album, in any order. Files are fine too: JPEG, PNG, HEIC, PDF.
photos-exif-off = We don’t keep the time and place stored in your files. With your permission they help to prove what happened.
photos-exif-on = We’ll keep the time and place of pictures sent as files. It makes what happened easier to prove.
photos-exif-keep = Keep time and place from files
photos-exif-stop = Don’t keep time and place
photos-sent = What you’ve sent · { $count }
photos-keep = Keep as it is
photos-drop = Remove
photos-send = Done, send
photos-doubt = <b>{ $file }</b>: { $why }. It’s best to take it again, send the new one and remove this one. If it shows everything anyway, keep it as it is.
photos-doubts = { $count ->
    [one] And { $count } more to look at: see “What you’ve sent”.
   *[other] And { $count } more to look at: see “What you’ve sent”.
 }
photos-duplicate = { $file }: we have this photo already, no need to send it again.
photos-refused = <b>{ $file }</b> can’t be used. { $why }
photos-elsewhere = { $words }

looks-dark = too dark
looks-blurred = blurred
looks-small = too small to see the details
looks-twin = very much like another photo

refused-too-large = The file is too large. Send it as a photo: Telegram will make it smaller.
refused-unknown-kind = It’s neither a photo nor a PDF inside. Take a picture with your phone and send that.
refused-broken = The file is damaged and can’t be opened. Take or save it again and send it once more.
refused-too-many-pixels = The picture has too many pixels. Send it as a photo: Telegram will make it smaller.
refused-infected = The check has found malware in the file. Please send a picture from your camera instead.
refused-gone = Telegram no longer gives us this file. Please send it again.
refused-locked = The PDF is locked with a password. Send it without one or take photos of its pages.

files =
    <b>What you’ve sent</b>

    Tap a number to look at a file, remove it or say that it shows something else.
files-none = <b>Nothing has been sent yet</b>
files-line = { $number }. { $file }: { $state }
files-open = No. { $number }
files-expects = Please choose a file with a button. To send more, tap “Back”.
file =
    <b>{ $file }</b>
    Shows: { $slot }
file-no-slot = not marked
file-words = Caption: { $words }
file-other = If it shows something else, choose what:
file-remove = Remove
file-removed = Removed.
file-kept = The insurer has this file already, so it can’t be changed. If it matters, tap “Talk to us”.
file-expects = Please choose a button. To send more, go back.
file-named = “{ $name }”
file-numbered = Photo { $number }
file-nameless = The file
upload-waiting = uploading
upload-stored = uploaded
upload-doubtful = uploaded, to be looked at
upload-refused = can’t be used
upload-handed = with the insurer
file-is-waiting = Sent { $at } Moscow time, uploading.
file-is-stored = Sent { $at } Moscow time, uploaded and safe.
file-is-doubtful = Sent { $at } Moscow time, uploaded and safe.
file-is-refused = Sent { $at } Moscow time, not kept.
file-is-handed = Sent { $at } Moscow time, with the insurer already.

slot-scene = The whole scene
slot-damage-wide = Damage from afar
slot-damage-close = Damage close up
slot-other-car = The other car
slot-vin = VIN
slot-sts-front = Registration card, front
slot-sts-back = Registration card, back
slot-licence-front = Driving licence, front
slot-licence-back = Driving licence, back
slot-notice-front = Accident notice, front
slot-notice-back = Accident notice, back
slot-police-paper = Police paper
slot-keys = Keys and tags
slot-title = Vehicle title
slot-ownership = Proof of ownership
slot-bill = Bill or receipt
slot-medical-paper = Doctor’s note
slot-identity-paper = Passport, main page
slot-tickets = Tickets or boarding passes

how-scene = Step back until all cars, their plates and the road are in the picture.
how-damage-wide = The whole side or thing, so that one can see where the damage is.
how-damage-close = From half a metre, each damage by itself.
how-other-car = The whole car with its plate and damage.
how-vin = Under the windscreen or on the plate in the door frame.
how-sts-front = The whole card, without glare.
how-sts-back = The whole card, without glare.
how-licence-front = The whole card, without glare.
how-licence-back = The whole card, without glare.
how-notice-front = The whole sheet, every line readable.
how-notice-back = The whole sheet, every line readable.
how-police-paper = The decision, ruling or slip: every sheet in full.
how-keys = All keys, fobs and tags you still have, in one picture.
how-title = The paper title on both sides, or the extract of an electronic one.
how-ownership = The register extract or certificate, every sheet in full.
how-bill = With the amount, the date and what was paid for readable.
how-medical-paper = With the date, the diagnosis and the stamp readable.
how-identity-paper = The spread with the photo in full, without glare.
how-tickets = With the name, the date and the flight readable.

photos-kept = We’re saving the photo: it’ll be among the pictures of your claim.
