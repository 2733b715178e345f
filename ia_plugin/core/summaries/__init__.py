"""Tables made from legs: who was where, when, doing what, and what happened there; each in the file of its name."""
