"""Un courriel est du texte : rien ne s'y échappe, et chaque gabarit est écrit par quelqu'un."""

from tests.architecture.arbre import SOURCES, du_produit, relatif

TEXTES = sorted(SOURCES.glob("beffroi/**/templates/*/courriels/*.txt"))


def test_une_apostrophe_y_reste_une_apostrophe():
    """`&#x27;` se lirait dans la messagerie : un courriel n'est pas une page."""
    assert len(TEXTES) > 50

    assert [relatif(t) for t in TEXTES if "{% autoescape off %}" not in t.read_text("utf-8")] == []


def test_chaque_gabarit_est_ecrit_par_quelqu_un():
    """Sous son nom, ou par le nom que sa fonction reçoit (`…/courriels/{gabarit}.txt`)."""
    dits = "".join(fichier.read_text("utf-8") for fichier in du_produit())

    orphelins = [
        relatif(texte)
        for texte in TEXTES
        if f"{texte.parts[-3]}/courriels/{texte.name}" not in dits
        and f"{texte.parts[-3]}/courriels/{{gabarit}}.txt" not in dits
    ]

    assert orphelins == []
