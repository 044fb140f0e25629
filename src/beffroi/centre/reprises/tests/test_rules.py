"""Ce qu'une ligne vaut : prête, à corriger, à laisser ; sans base."""

from datetime import date

import pytest

from beffroi.centre.reprises.rules import dates, lignes, vagues
from beffroi.centre.reprises.rules.copies import copie_recevable
from beffroi.centre.reprises.rules.lignes import Connu, juger
from beffroi.centre.reprises.tests.gestes import siret

JOUR = date(2027, 1, 20)
SIREN = siret(1)[:9]
JUSTE = {
    "siren": siret(1),
    "nom": "Commune de Champ",
    "signee_le": "10/06/2026",
    "prise_d_effet": "01/07/2026",
    "dernier_jour": "30/06/2029",
    "contact": "Camille Fictif",
    "courriel": "mairie@champ.example",
}
CONNU = Connu(nom="Commune de Champ", nature="commune", siret=siret(1))


def jugee(connu: Connu | None = None, **autres: str):
    return juger({**JUSTE, **autres}, connu, aujourd_hui=JOUR)


def faute(connu: Connu | None = None, **autres: str) -> tuple[str, str, str]:
    (seule,) = jugee(connu, **autres).fautes
    return seule.colonne, seule.phrase, seule.propose


def test_une_ligne_juste_est_prete():
    dite = jugee().dite

    assert dite.siren == SIREN and dite.siret == siret(1) and dite.nature == "commune"
    assert dite.dernier_jour == date(2029, 6, 30)


def test_une_lettre_o_se_dit_et_le_zero_se_propose():
    fausse = SIREN.replace("0", "O", 1)

    assert faute(CONNU, siren=fausse) == (
        "siren",
        "Une lettre O à la place d'un zéro",
        SIREN,
    )


def test_une_date_qui_n_existe_pas_se_dit_et_la_plus_proche_se_propose():
    assert faute(signee_le="01/01/2025", prise_d_effet="31/02/2025", dernier_jour="") == (
        "prise_d_effet",
        "31/02/2025 n'existe pas",
        "01/03/2025",
    )


def test_un_dernier_jour_avant_l_effet_se_corrige_par_celui_de_l_article_5():
    colonne, phrase, propose = faute(dernier_jour="01/01/2026")

    assert (colonne, phrase, propose) == ("dernier_jour", "Avant la prise d'effet", "30/06/2029")


def test_une_duree_trop_courte_se_refuse():
    assert faute(dernier_jour="30/06/2028")[0] == "dernier_jour"


@pytest.mark.parametrize("dernier", ["30/06/2032", "30/06/2030"])
def test_une_reconduction_se_dit_et_ne_bloque_pas(dernier):
    lue = jugee(dernier_jour=dernier)

    assert lue.dite and "Reconduite" in lue.remarques[0]


def test_une_duree_qui_n_est_pas_celle_de_la_convention_se_dit_et_ne_bloque_pas():
    lue = jugee(dernier_jour="15/09/2029")

    assert lue.dite and "ni d'une reconduction" in lue.remarques[0]


def test_une_convention_finie_se_laisse():
    lue = jugee(signee_le="01/06/2020", prise_d_effet="01/07/2020", dernier_jour="30/06/2023")

    assert lue.laisser.startswith("Finie le 30 juin 2023")


def test_sans_dernier_jour_une_ancienne_est_reconduite():
    lue = jugee(signee_le="01/06/2020", prise_d_effet="01/07/2020", dernier_jour="")

    assert lue.dite and "reconduite" in lue.remarques[0]


def test_une_convention_en_vie_ici_se_laisse():
    ici = Connu(nom="Champ", nature="commune", en_vie="CV-1, active")

    assert jugee(ici).laisser == "Déjà ici : CV-1, active."


def test_une_commune_fusionnee_propose_son_successeur():
    fusionnee = Connu(
        nom="Champ",
        nature="commune",
        siret=siret(1),
        successeur="Commune nouvelle de Val",
        siren_du_successeur="216200535",
        succede_le=date(2027, 1, 1),
    )

    colonne, phrase, propose = faute(fusionnee)
    assert colonne == "siren" and propose == "216200535" and "Commune nouvelle de Val" in phrase


def test_un_effet_avant_la_signature_se_refuse():
    assert faute(signee_le="02/07/2026")[0] == "prise_d_effet"


def test_une_deliberation_apres_la_signature_se_refuse():
    assert faute(deliberation_le="11/06/2026")[0] == "deliberation_le"


def test_une_signature_a_venir_se_refuse():
    dites = {"signee_le": "01/02/2027", "prise_d_effet": "01/02/2027", "dernier_jour": ""}

    assert faute(**dites)[0] == "signee_le"


def test_un_syndicat_sans_effectif_ni_population_se_corrige():
    assert faute(nom="Syndicat des eaux") == (
        "effectif",
        "Vide, et pas de population pour le présumer",
        "",
    )
    assert jugee(nom="Syndicat des eaux", population="12000").dite
    assert jugee(nom="Syndicat des eaux", effectif="4").dite


@pytest.mark.parametrize(
    "courriel", ["mairie", "a@b", "a b@c.fr", "a@c..fr", "<a@c.fr>", "a@c.fr,"]
)
def test_un_courriel_mal_forme_se_refuse(courriel):
    assert faute(courriel=courriel)[0] == "courriel"


def test_sans_siret_nulle_part_l_acces_ne_s_ouvrirait_pas():
    assert faute(siren=SIREN)[0] == "siret"
    assert jugee(CONNU, siren=SIREN).dite


@pytest.mark.parametrize(
    ("ecrit", "lu"),
    [
        ("1 mars 2025", date(2025, 3, 1)),
        ("1er août 2025", date(2025, 8, 1)),
        ("2025-03-01", date(2025, 3, 1)),
        ("01/03/25", date(2025, 3, 1)),
        ("45717", date(2025, 3, 1)),
        ("2025-03-01T00:00:00", date(2025, 3, 1)),
    ],
)
def test_une_date_se_lit_comme_les_tableurs_l_ecrivent(ecrit, lu):
    assert dates.lire(ecrit).date == lu


@pytest.mark.parametrize("ecrit", ["demain", "13/13/2025", "0/0/0000", "٣١/٠٢/٢٠٢٥", "99999"])
def test_ce_qui_n_est_pas_une_date_se_dit(ecrit):
    assert dates.lire(ecrit).date is None and dates.lire(ecrit).faute


def test_un_doublon_est_fait_de_deux_lignes_au_moins():
    assert lignes.doublons({2: "a", 3: "b", 9: "a", 4: ""}) == {"a": [2, 9]}


def test_une_copie_dit_pourquoi_elle_est_refusee():
    juste = {
        "debut": b"%PDF-1.7",
        "fois": 1,
        "produite": False,
        "deja_au_dossier": False,
        "deja_ici": False,
    }

    assert copie_recevable(**juste).favorable
    for ecart in ({"debut": b"PK"}, {"fois": 2}, {"produite": True}, {"deja_au_dossier": True}):
        assert not copie_recevable(**{**juste, **ecart}).favorable


def test_une_vague_part_a_son_jour_et_apres_la_precedente():
    prete = {"lignes": 3, "le": JOUR, "aujourd_hui": JOUR, "avant": None}

    assert vagues.peut_lancer(**prete).favorable
    assert not vagues.peut_lancer(**{**prete, "avant": 1}).favorable
    assert not vagues.peut_lancer(**{**prete, "le": date(2027, 1, 21)}).favorable
    assert not vagues.peut_composer(lignes=0, le=JOUR, aujourd_hui=JOUR).favorable
