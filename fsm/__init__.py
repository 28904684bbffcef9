"""Dialogs as data: the flow kernel, one module per dialog, storage of the state. Pure but for the storage."""
