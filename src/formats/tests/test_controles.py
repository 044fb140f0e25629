"""Ce que disent ensemble des contrôles."""

from types import SimpleNamespace

from formats.controles import Controle, defauts_de, sont_bons

ERREUR, AVIS = SimpleNamespace(est_une_erreur=True), SimpleNamespace(est_une_erreur=False)


def test_un_avertissement_ne_fait_pas_un_mauvais_fichier():
    assert sont_bons([Controle(nom="Forme", defauts=()), Controle(nom="Règles", defauts=(AVIS,))])


def test_une_erreur_suffit():
    controles = [
        Controle(nom="Forme", defauts=(AVIS,)),
        Controle(nom="Règles", defauts=(AVIS, ERREUR)),
    ]

    assert not sont_bons(controles)
    assert controles[1].erreurs == (ERREUR,)
    assert defauts_de(controles) == (AVIS, AVIS, ERREUR)
