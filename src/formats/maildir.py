"""La boîte des courriels reçus :
un dossier Maildir, et les deux dossiers où l'on met de côté ce qui attend un regard.
"""

ARRIVES, LUS = "new", "cur"
ILLISIBLES, DE_TROP = "illisibles", "de_trop"
MIS_DE_COTE = (ILLISIBLES, DE_TROP)
