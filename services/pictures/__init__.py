"""Files of strangers made safe: none is kept as it came; what is seen on it is written anew, by a process that can do nothing else.

`workers` is what the cabinet talks to; `__main__` is the process (`python -m services.pictures`); `photo` and `paper` run in a child of
it, one for each file, under limits of the kernel.
"""
