"""Les règles d'une consultation :
son heure, ses documents, sa publication, ce qui change ensuite.
"""
