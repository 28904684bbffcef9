error-too-many-files = { $limit ->
    [one] The insurer takes no more than { $limit } file. Remove the one you do not need, then send this one.
   *[other] The insurer takes no more than { $limit } files. Remove those you do not need, then send this one.
 }
error-too-large-file = This file is larger than { $megabytes } MB. Send it as a photo or make it smaller: Telegram compresses photos by itself.
error-too-much-in-all = Together that is more than { $megabytes } MB. Remove files you do not need, or send pictures as photos.
error-wrong-file = The insurer cannot open such a file. Photos and PDF will do. Replace a video by photos, and photograph a paper.
