"""The forms a value may have in a text: each a view of the text, with a way back."""
