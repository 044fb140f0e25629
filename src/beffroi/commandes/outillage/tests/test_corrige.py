"""`./beffroi corrige` ne donne à chaque outil que ce qu'il sait reprendre."""

from beffroi.commandes.outillage import corrige


def test_un_dossier_va_a_tous_les_outils():
    assert corrige.du_genre(".py", ["src"]) == corrige.du_genre(".html", ["src"]) == ["src"]


def test_un_gabarit_ne_va_pas_a_l_outil_du_python():
    chemins = [
        "src/beffroi/faces/portail/accueil.py",
        "src/beffroi/faces/portail/templates/portail/accueil.html",
    ]

    assert corrige.du_genre(".py", chemins) == chemins[:1]
    assert corrige.du_genre(".html", chemins) == chemins[1:]
