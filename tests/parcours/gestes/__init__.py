"""Les gestes des personnes au navigateur :
chaque fonction est une suite de clics, sans raccourci par la base.
"""
