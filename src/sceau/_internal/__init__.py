"""Private parts: nothing outside this package imports them."""
