"""Ce que le papier dit de la sonde :
ce qui a été mesuré, ce qui a manqué, ce qui n'a pas été mesuré.
"""

from datetime import UTC, datetime, timedelta

from beffroi.service.preuves import mesures
from beffroi.service.sonde.models import EcartDHorloge, Mesure, MesureExterieure, MinuteDuServeur
from beffroi.service.sonde.queries import Sante, SanteDehors, SanteDuServeur

MIDI = datetime(2026, 11, 28, 11, 0, tzinfo=UTC)
FENETRE = ("matin", "soir")


def sante(**champs):
    vide = {
        "debut": MIDI,
        "fin": MIDI + timedelta(hours=1),
        "attendues": 60,
        "mesures": 0,
        "reussies": 0,
        "echecs": (),
        "rejouees": 0,
        "inventees": 0,
        "mediane_ms": None,
        "p95_ms": None,
        "plus_long_silence": timedelta(hours=1),
        "ecarts": (),
        "ecritures": (),
        "non_figees": 0,
    }
    return Sante(**{**vide, **champs})


def test_sans_sonde_le_papier_dit_que_rien_n_est_mesure():
    assert mesures.en_phrases(sante(), fenetre=FENETRE) == [
        mesures.SANS_SONDE,
        mesures.SANS_HORLOGE,
        mesures.SANS_COMPTE,
        mesures.SANS_PLACE,
        mesures.SANS_DEHORS,
    ]


def test_un_essai_manque_est_dit_avec_son_heure_et_son_etape():
    echec = Mesure(commencee_le=MIDI, reussie=False, etape="depot", duree_ms=9, notee_le=MIDI)

    dit = " ".join(
        mesures.en_phrases(sante(mesures=60, reussies=59, echecs=(echec,)), fenetre=FENETRE)
    )

    assert "98,33 %" in dit
    assert "12:00:00 (heure de Paris), étape « Déposer »" in dit


def test_l_ecart_le_plus_grand_l_emporte_avec_sa_marge():
    ecarts = tuple(
        EcartDHorloge(le=MIDI, source=f"ntp:{e}", ecart_ms=e, marge_ms=4) for e in (3, -70, 12)
    )

    assert (
        "70 ms, à 4 ms près, avec ntp:-70"
        in mesures.en_phrases(sante(ecarts=ecarts), fenetre=FENETRE)[1]
    )


def test_une_mesure_inventee_n_est_jamais_donnee_pour_faite():
    dit = mesures.en_phrases(sante(mesures=96, reussies=96, inventees=96), fenetre=FENETRE)

    assert any("n'ont pas été faites" in phrase for phrase in dit)


def test_une_seule_mesure_se_dit_au_singulier():
    echecs = tuple(
        Mesure(commencee_le=MIDI, reussie=False, etape="depot", duree_ms=9, notee_le=MIDI)
        for _ in range(11)
    )

    dit = " ".join(
        mesures.en_phrases(
            sante(mesures=60, reussies=49, echecs=echecs, inventees=1), fenetre=FENETRE
        )
    )

    assert "et 1 autre, dans le fichier JSON joint" in dit
    assert "qui n'ont pas été faites : 1." in dit


def minute(rang, **champs):
    return MinuteDuServeur(minute=MIDI + rang * timedelta(minutes=1), notee_le=MIDI, **champs)


def test_les_pannes_la_saturation_et_la_place_se_disent_en_parts_avec_leur_minute():
    serveur = SanteDuServeur(
        (
            minute(
                0, reponses=4321, erreurs=0, en_vol=19, places=64, libre=123_456, total=1_000_000
            ),
            minute(1, reponses=987, erreurs=70, en_vol=2, places=64),
        )
    )

    dit = " ".join(mesures.en_phrases(sante(serveur=serveur), fenetre=FENETRE)).replace("\xa0", " ")
    donnees = mesures.en_donnees(sante(serveur=serveur))["serveur"]

    assert (
        "comptées pendant 2 minutes. Minutes avec une panne (statut 5xx) : 1. La pire : "
        "8 % des réponses au plus"
    ) in dit
    assert "tenait 50 % au plus" in dit and "12 %, le" in dit
    assert [m["erreurs_pour_cent"] for m in donnees["minutes_en_erreur"]] == [8]
    assert not [
        secret for secret in ("4321", "4 321", "987", "123") if secret in dit + str(donnees)
    ]


def test_sans_panne_le_papier_le_dit():
    serveur = SanteDuServeur((minute(0, reponses=5, erreurs=0, en_vol=1, places=64),))

    assert "Aucune n'était une panne" in " ".join(
        mesures.en_phrases(sante(serveur=serveur), fenetre=FENETRE)
    )


def test_une_sonde_exterieure_se_dit_a_part_avec_ce_qu_elle_a_remis_apres_coup():
    def mesure(rang, reussie, retard=0):
        le = MIDI + rang * timedelta(minutes=1)
        return MesureExterieure(
            source="lille",
            le=le,
            reussie=reussie,
            notee_le=le + timedelta(minutes=retard),
            phrase="503",
        )

    dehors = (SanteDehors("lille", (mesure(0, True), mesure(1, False, retard=6))),)
    dit = mesures.en_phrases(sante(mesures=60, reussies=60, dehors=dehors), fenetre=FENETRE)[-1]
    (donnees,) = mesures.en_donnees(sante(dehors=dehors))["sondes_exterieures"]

    assert (
        "« lille », qui ne dépend pas de la plateforme. Mesures qu'elle a remises : 2, "
        "dont 1 après coup."
    ) in dit
    assert "Réussies : 1, soit 50 %. Manquées : " in dit and "12:01:00" in dit
    assert (donnees["mesures"], donnees["echecs"][0]["phrase"]) == (2, "503")
