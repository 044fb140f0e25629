"""Ce que le papier dit de la sonde : ce qui a été mesuré, ce qui a manqué, ce qui n'a pas été mesuré."""

from datetime import UTC, datetime, timedelta

from beffroi.preuves import mesures
from beffroi.sonde.models import EcartDHorloge, Mesure
from beffroi.sonde.queries import Sante

MIDI = datetime(2026, 11, 28, 11, 0, tzinfo=UTC)
FENETRE = ("matin", "soir")


def sante(**champs):
    vide = {
        "debut": MIDI, "fin": MIDI + timedelta(hours=1), "attendues": 60, "mesures": 0, "reussies": 0, "echecs": (),
        "rejouees": 0, "inventees": 0, "mediane_ms": None, "p95_ms": None, "plus_long_silence": timedelta(hours=1),
        "ecarts": (), "ecritures": (), "non_figees": 0,
    }  # fmt: skip
    return Sante(**{**vide, **champs})


def test_sans_sonde_le_papier_dit_que_rien_n_est_mesure():
    assert mesures.en_phrases(sante(), fenetre=FENETRE) == [mesures.SANS_SONDE, mesures.SANS_HORLOGE]


def test_un_essai_manque_est_dit_avec_son_heure_et_son_etape():
    echec = Mesure(commencee_le=MIDI, reussie=False, etape="depot", duree_ms=9, notee_le=MIDI)

    dit = " ".join(mesures.en_phrases(sante(mesures=60, reussies=59, echecs=(echec,)), fenetre=FENETRE))

    assert "98,33 %" in dit
    assert "12:00:00 (heure de Paris), étape « Déposer »" in dit


def test_l_ecart_le_plus_grand_l_emporte_avec_sa_marge():
    ecarts = tuple(EcartDHorloge(le=MIDI, source=f"ntp:{e}", ecart_ms=e, marge_ms=4) for e in (3, -70, 12))

    assert "70 ms, à 4 ms près, avec ntp:-70" in mesures.en_phrases(sante(ecarts=ecarts), fenetre=FENETRE)[-1]


def test_une_mesure_inventee_n_est_jamais_donnee_pour_faite():
    dit = mesures.en_phrases(sante(mesures=96, reussies=96, inventees=96), fenetre=FENETRE)

    assert any("n'ont pas été faites" in phrase for phrase in dit)


def test_une_seule_mesure_se_dit_au_singulier():
    echecs = tuple(
        Mesure(commencee_le=MIDI, reussie=False, etape="depot", duree_ms=9, notee_le=MIDI) for _ in range(11)
    )

    dit = " ".join(mesures.en_phrases(sante(mesures=60, reussies=49, echecs=echecs, inventees=1), fenetre=FENETRE))

    assert "et 1 autre, dans preuve.json" in dit
    assert "qui n'ont pas été faites : 1." in dit
