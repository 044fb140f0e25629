"""Le bilan des fautes plantées dit ce que la série d'après perd, et ce qu'elle gagne."""

from types import SimpleNamespace

from beffroi.commandes.outillage.document_des_fautes import bilans, nom_du_test

FAUTES = [SimpleNamespace(nom=nom) for nom in ("borne-decalee", "verrou-oublie")]


def vues(*trouvees):
    return {faute.nom: {"trouvee": faute.nom in trouvees} for faute in FAUTES}


def test_tant_qu_une_faute_n_est_pas_plantee_rien_ne_se_compare():
    une_seule = {"borne-decalee": {"trouvee": True}}

    assert [*bilans(FAUTES, une_seule, vues())] == [
        "**Avant** : 1 fautes trouvées sur 1 plantées.",
        "**Après** : 0 fautes trouvées sur 2 plantées.",
    ]


def test_ce_que_la_serie_d_apres_trouve_de_plus_se_nomme():
    assert [*bilans(FAUTES, vues("borne-decalee"), vues("borne-decalee", "verrou-oublie"))][2:] == [
        "La série d'après trouve tout ce que trouvait celle d'avant.",
        "Elle trouve de plus `verrou-oublie`.",
    ]


def test_ce_que_la_serie_d_apres_ne_trouve_plus_se_nomme():
    assert [*bilans(FAUTES, vues("borne-decalee"), vues())][2:] == [
        "La série d'après ne trouve plus `borne-decalee`."
    ]


def test_un_cas_se_lit_avec_ses_accents():
    assert nom_du_test(r"tests/droit/test_delai.py::test_juge[\xe0 l'heure exacte]") == (
        "test_delai.py::test_juge[à l'heure exacte]"
    )
