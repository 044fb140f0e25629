"""Les écrans de la conformité : le journal de sécurité, au centre."""

from tests.parcours.ecran import Ecran

CONFORMITE = [
    Ecran("conformite:journal_de_securite", "fanny"),
    Ecran("conformite:journal_de_securite", "fanny", etat="vide", requete="?compte=U-00000000"),
    Ecran("conformite:journal_de_securite", "fanny", etat="faute", requete="?du=demain", statut=422),
]  # fmt: skip
