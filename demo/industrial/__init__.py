"""A simulated supplier of components and systems to businesses; nothing in it is real.

``README.md`` beside this file says what is planted, how, and where the truth file holds it.
"""
