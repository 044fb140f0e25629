"""L'horodatage qualifié : obtenu, vérifié, attendu, et jamais bloquant."""

import hashlib
import io
import zipfile

import pytest

from beffroi.integrations.horodatage.adapter import HorodateurQualifie
from beffroi.reponse.depots import recepisse
from beffroi.socle.fondations.erreurs import ServiceIndisponible
from beffroi.socle.journal import checks, renouvellement, taches
from beffroi.socle.journal.models import Ecriture, JetonQualifie
from sceau import timestamp

pytestmark = pytest.mark.usefixtures("stockage_a_part")
EMPREINTE = hashlib.sha256(b"un texte").digest()
MUET = "http://127.0.0.1:9/tsa"


@pytest.fixture
def regle(settings, prestataire, tmp_path):
    """L'installation a un prestataire qualifié."""
    racines = tmp_path / "racines.pem"
    racines.write_bytes(prestataire.autorite.root_pem)
    reglages = {
        "adresses": [prestataire.adresse],
        "racines": str(racines),
        "budget_s": 3,
        "sans_qualifie": False,
    }
    settings.HORODATAGE = {**settings.HORODATAGE, **reglages}


def horodateur(*adresses, racines, budget_s=3) -> HorodateurQualifie:
    return HorodateurQualifie(adresses, racines, budget_s=budget_s)


def test_un_jeton_obtenu_est_verifie_et_nomme_son_autorite(prestataire):
    obtenu = horodateur(prestataire.adresse, racines=prestataire.autorite.root_pem).horodater(
        EMPREINTE
    )

    racines = timestamp.load_roots(prestataire.autorite.root_pem)
    assert timestamp.verify(obtenu.jeton, EMPREINTE, racines).time == obtenu.horodate_le
    assert obtenu.autorite == "Timestamp unit"


@pytest.mark.parametrize(
    "comportement", ["panne", "autre empreinte", "autre alea", "charabia", "bavard"]
)
def test_un_jeton_douteux_est_refuse(prestataire, comportement):
    prestataire.comportement = comportement

    with pytest.raises(ServiceIndisponible):
        horodateur(prestataire.adresse, racines=prestataire.autorite.root_pem).horodater(EMPREINTE)


def test_un_prestataire_qui_ne_remonte_pas_a_la_liste_de_confiance_est_refuse(
    prestataire, autre_prestataire
):
    with pytest.raises(ServiceIndisponible):
        horodateur(prestataire.adresse, racines=autre_prestataire.autorite.root_pem).horodater(
            EMPREINTE
        )


def test_le_second_prestataire_repond_quand_le_premier_se_tait(prestataire):
    service = horodateur(MUET, prestataire.adresse, racines=prestataire.autorite.root_pem)

    assert service.horodater(EMPREINTE).autorite
    assert prestataire.demandes == 1


def test_le_recepisse_dit_quel_jeton_il_porte_et_recoit_le_qualifie(faitage, regle):
    pli = faitage.depose(("offre", None))
    avant = recepisse.horodatage(pli, Ecriture.objects.get(numero=pli.ecriture))
    taches.horodater_une_ecriture.call(pli.ecriture)
    apres = recepisse.horodatage(pli, Ecriture.objects.get(numero=pli.ecriture))

    archive = zipfile.ZipFile(io.BytesIO(recepisse.archive_du_recu(pli)))
    assert (avant.qualifie, apres.qualifie) == (False, True)
    assert "depot-qualifie.tsr" in archive.namelist()


def test_une_tache_repetee_ne_demande_qu_un_jeton(faitage, regle, prestataire):
    pli = faitage.depose(("offre", None))

    for _ in range(3):
        taches.horodater_une_ecriture.call(pli.ecriture)

    assert (prestataire.demandes, JetonQualifie.objects.count()) == (1, 1)


def test_un_prestataire_en_panne_n_empeche_pas_de_deposer(faitage, regle, prestataire):
    prestataire.comportement = "panne"

    pli = faitage.depose(("offre", None))

    assert recepisse.archive_du_recu(pli)
    assert prestataire.demandes == 0, "aucun appel dans l'acte"


def test_apres_une_longue_panne_la_ronde_rattrape_les_depots(faitage, regle):
    pli = faitage.depose(("offre", None))

    taches.completer_les_jetons(pli.recu_le)
    trop_tot = JetonQualifie.objects.exists()
    taches.completer_les_jetons(pli.recu_le + 2 * taches.RETARD)

    assert (trop_tot, JetonQualifie.objects.get().numero) == (False, pli.ecriture)


def test_la_tete_du_journal_est_datee_une_fois_par_jour(faitage, regle, prestataire):
    faitage.depose(("offre", None))
    taches.avancer_le_registre_public(prestataire.maintenant)

    for _ in range(3):
        taches.horodater_le_point_du_jour(prestataire.maintenant)

    assert JetonQualifie.objects.filter(objet=JetonQualifie.Objet.POINT_DE_CONTROLE).count() == 1


def test_un_an_apres_le_service_qui_repond_date_aussi_ses_jetons_d_avant(
    faitage, regle, prestataire
):
    taches.horodater_une_ecriture.call(faitage.depose(("offre", None)).ecriture)
    for annees in (0, 1):
        prestataire.maintenant += annees * renouvellement.UN_AN
        for _ in range(2):
            taches.avancer_le_registre_public(prestataire.maintenant)
            taches.horodater_le_point_du_jour(prestataire.maintenant)

    un = renouvellement.dernier_renouvellement()
    assert un.couverts["jetons"] == 2
    assert JetonQualifie.objects.get(objet="ecriture", numero=un.numero).horodate_le > un.jusqu_au


def test_un_renouvellement_sans_reponse_est_rattrape(faitage, regle, prestataire):
    le = prestataire.maintenant + renouvellement.UN_AN
    taches.horodater_une_ecriture.call(faitage.depose(("offre", None)).ecriture)
    taches.avancer_le_registre_public(le)
    prestataire.comportement = "panne"
    with pytest.raises(ServiceIndisponible):
        taches.renouveler(le)
    prestataire.comportement = "normal"
    taches.completer_les_jetons(le + 2 * taches.RETARD)

    assert JetonQualifie.objects.filter(
        numero=renouvellement.dernier_renouvellement().numero
    ).exists()


@pytest.mark.parametrize(
    "reglages,attendu",
    [
        ({"adresses": [], "sans_qualifie": False}, ["journal.E001"]),
        ({"adresses": [], "sans_qualifie": True}, []),
        ({"adresses": [MUET], "racines": "", "sans_qualifie": False}, ["journal.E002"]),
        ({"adresses": [MUET], "racines": "liste.pem", "sans_qualifie": False}, []),
    ],
)
def test_sans_horodatage_qualifie_la_production_refuse_de_demarrer(settings, reglages, attendu):
    settings.HORODATAGE = {**settings.HORODATAGE, **reglages}

    assert [erreur.id for erreur in checks.horodatage_qualifie()] == attendu
