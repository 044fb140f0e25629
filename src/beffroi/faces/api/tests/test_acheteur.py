"""Un acheteur prépare, publie, prolonge,
répond et lit ses registres depuis un logiciel ; il n'ouvre pas.
"""

from datetime import timedelta

import pytest
import time_machine

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.ports import controles_de_l_achat
from beffroi.achat.consultations.tests.scene import agent
from beffroi.achat.preparation.tests.test_chemin_le_plus_court import CHOISIT, OBLIGATOIRES, TAPE
from beffroi.faces.api.tests.logiciel import Logiciel, sans_nom
from beffroi.personnes.comptes.models import JetonDApi
from beffroi.personnes.comptes.portees import D_ENTREPRISE, Portee
from beffroi.personnes.comptes.services import delivrer_jeton
from beffroi.personnes.organismes.services import Coordonnees, creer_organisme, decrire_l_organisme
from beffroi.publicite.questions.tests.gestes import REPONSE, membre, poser
from beffroi.reponse.depots.tests import factories
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.models import Ecriture

ACHAT = {**TAPE["achat"], **CHOISIT["achat"]}


def logiciel_de(client, personne, *portees, le):
    _, secret = delivrer_jeton(
        utilisateur=personne, libelle="essai", portees=portees or Portee, maintenant=le
    )
    return Logiciel(client, secret)


@pytest.fixture
def martine(client, scene):
    return logiciel_de(client, scene.martine, le=scene.le)


@pytest.fixture
def autre_commune(client, scene):
    organisme = creer_organisme(
        nom="Commune de Lens", siret="21620498200013", par=PLATEFORME, maintenant=scene.le
    )
    return logiciel_de(
        client, agent("Zélie Boulanger", organisme, le=scene.le, cle=False), le=scene.le
    )


def ici(consultation, suite=""):
    return f"acheteur/consultations/{consultation.reference}{suite}"


def commencer(logiciel, champs=ACHAT, cle="cle-1"):
    return logiciel.demander(
        "post", "acheteur/consultations", {"champs": champs}, **{"idempotency-key": cle}
    )


def test_un_brouillon_se_prepare_par_les_memes_champs_que_les_pages(martine, scene):
    decrire_l_organisme(
        organisme=scene.organisme,
        coordonnees=Coordonnees(adresse="1 place de la Mairie", code_postal="62960", ville="Bomy"),
        par=scene.martine.acteur,
        maintenant=scene.le,
    )
    commence = commencer(martine)
    consultation = Consultation.toutes.get()

    for cle in OBLIGATOIRES[1:]:
        proposes = martine.demander("get", ici(consultation, f"/reponses/{cle}")).json()["champs"]
        champs = (
            {champ["nom"]: champ["valeur"] for champ in proposes}
            | CHOISIT.get(cle, {})
            | TAPE.get(cle, {})
        )
        reponse = martine.demander("put", ici(consultation, f"/reponses/{cle}"), {"champs": champs})
        assert reponse.status_code == 200, reponse.content

    consultation.refresh_from_db()
    scene.joindre(consultation)
    bloquants = [
        c for c in controles_de_l_achat(consultation, le=scene.le) if c.gravite == "bloquant"
    ]
    assert (commence.status_code, reponse.json()["restantes"], bloquants) == (
        201,
        ["particularites", "exigences"],
        [],
    )


@pytest.mark.moteurs
def test_la_meme_cle_ne_commence_qu_un_brouillon(martine):
    premier, second, autre = commencer(martine), commencer(martine), commencer(martine, cle="cle-2")

    assert premier.json()["reference"] == second.json()["reference"] != autre.json()["reference"]
    assert commencer(martine, {**ACHAT, "titre": "Autre achat"}).status_code == 409
    assert Consultation.toutes.count() == 2


def test_un_refus_nomme_chaque_champ_et_ne_garde_rien(martine):
    refus = commencer(martine, {**ACHAT, "titre": ""})

    assert (refus.status_code, Consultation.toutes.count()) == (422, 0)
    assert [faute["champ"] for faute in refus.json()["champs"]] == ["titre"]


def test_les_controles_sont_ceux_de_la_page(martine, scene):
    pret, nu = scene.completer(scene.brouillon()), scene.brouillon("Nu")

    assert martine.demander("get", ici(pret, "/controles")).json()["publiable"] is True
    points = martine.demander("get", ici(nu, "/controles")).json()["points"]
    assert any(point["gravite"] == "bloquant" and "document" in point["texte"] for point in points)


def test_publier_deux_fois_ne_publie_qu_une_fois(martine, scene):
    consultation = scene.completer(scene.brouillon())

    premiere, seconde = (
        martine.demander("post", ici(consultation, "/publication")) for _ in range(2)
    )

    assert (premiere.status_code, premiere.json()["etat"]) == (200, "publiee")
    assert seconde.json() == premiere.json()
    assert Ecriture.objects.filter(acte="consultation.publier").count() == 1


def test_un_brouillon_incomplet_ne_se_publie_pas(martine, scene):
    refus = martine.demander("post", ici(scene.brouillon(), "/publication"))

    assert refus.status_code == 422 and refus.json()["motifs"]


def test_prolonger_se_repete_sans_prolonger_deux_fois(martine, scene):
    consultation = scene.publiee()
    corps = {
        "date_limite": (scene.limite + timedelta(days=7)).isoformat(),
        "motif": "Un plan manquait.",
    }

    premiere, seconde = (
        martine.demander("post", ici(consultation, "/prolongation"), corps) for _ in range(2)
    )

    assert premiere.status_code == 200 and seconde.json() == premiere.json()
    assert consultation.changements.count() == 1


def test_une_heure_limite_ne_raccourcit_pas(martine, scene):
    corps = {"date_limite": (scene.limite - timedelta(days=1)).isoformat(), "motif": "Plus tôt."}

    assert martine.demander("post", ici(scene.publiee(), "/prolongation"), corps).status_code == 422


def test_on_repond_a_tous_sans_connaitre_l_auteur(martine, scene, client):
    consultation, sophie = scene.publiee(), membre(le=scene.le)
    question = poser(consultation, sophie, le=scene.le).reference
    chemin = ici(consultation, f"/questions/{question}")

    recue = martine.demander("get", ici(consultation, "/questions")).json()["questions"][0]
    preparee = martine.demander("put", f"{chemin}/reponse", REPONSE)
    publiees = [
        martine.demander("post", f"{chemin}/publication", {"relue": True}) for _ in range(2)
    ]

    assert (recue["auteur"], preparee.json()["etat"]) == ("", "preparee")
    assert [p.json()["numero"] for p in publiees] == [1, 1]
    assert (
        REPONSE["texte"]
        in client.get(f"/consultations/{consultation.reference}/questions/").content.decode()
    )


def test_ecarter_deux_fois_n_ecarte_qu_une_fois(martine, scene):
    consultation = scene.publiee()
    question = poser(consultation, membre(le=scene.le), le=scene.le).reference
    chemin = ici(consultation, f"/questions/{question}/ecart")

    ecarts = [martine.demander("post", chemin, {"motif": "Déjà dit."}) for _ in range(2)]

    assert [e.json()["etat"] for e in ecarts] == ["ecartee", "ecartee"]
    assert martine.demander("post", chemin, {"motif": "Autre raison."}).status_code == 409


def test_le_registre_des_depots_se_tait_jusqu_a_l_heure(martine, scene):
    limite = scene.le + timedelta(days=2)
    consultation = factories.consultation(limite=limite, organisme_=scene.organisme)
    factories.Candidat(consultation).depose(("offre", None), le=scene.le)

    avant = martine.demander("get", ici(consultation, "/depots"))
    with time_machine.travel(limite + timedelta(seconds=1), tick=False):
        apres = martine.demander("get", ici(consultation, "/depots"))

    assert avant.status_code == 422 and "Faîtage" not in avant.content.decode()
    assert [depot["entreprise"] for depot in apres.json()["depots"]] == ["Atelier du Faîtage"]


def test_le_registre_des_retraits_se_lit_a_tout_moment(martine, scene, client):
    consultation = scene.publiee()
    b"".join(
        client.get(
            f"/consultations/{consultation.reference}/documents/dossier.zip"
        ).streaming_content
    )

    registre = martine.demander("get", ici(consultation, "/retraits")).json()

    assert [retrait["document"] for retrait in registre["retraits"]] == ["Dossier entier"]


ACTES = [
    ("get", "", None),
    ("get", "/controles", None),
    ("get", "/reponses/achat", None),
    ("get", "/questions", None),
    ("get", "/retraits", None),
    ("get", "/depots", None),
    ("put", "/reponses/achat", {"champs": ACHAT}),
    ("post", "/publication", None),
    ("post", "/prolongation", {"date_limite": "2030-01-01T12:00:00Z", "motif": "Plan."}),
    ("put", "/questions/Q-22222222/reponse", {"question_publique": "", "texte": ""}),
    ("post", "/questions/Q-22222222/publication", {}),
    ("post", "/questions/Q-22222222/ecart", {"motif": "Dit."}),
]


@pytest.mark.parametrize(("verbe", "suite", "corps"), ACTES)
def test_la_consultation_d_un_autre_organisme_repond_comme_une_absente(
    autre_commune, scene, verbe, suite, corps
):
    consultation = scene.publiee()

    present = autre_commune.demander(verbe, ici(consultation, suite), corps)
    absent = autre_commune.demander(verbe, f"acheteur/consultations/2020-0000{suite}", corps)

    assert (present.status_code, sans_nom(present)) == (404, sans_nom(absent))


def test_une_entreprise_n_a_pas_d_api_d_acheteur(client, scene):
    sophie = logiciel_de(client, membre(le=scene.le).utilisateur, *D_ENTREPRISE, le=scene.le)
    # Un jeton d'avant que les rôles bornent ses portées.
    JetonDApi.objects.update(portees=[portee.value for portee in Portee])

    assert sophie.demander("get", "acheteur/consultations").status_code == 404
    assert commencer(sophie).status_code == 404


def test_chaque_acte_demande_sa_portee(client, scene):
    """Toutes les autres ensemble n'en tiennent pas lieu."""
    consultation = scene.completer(scene.brouillon())

    for portee, verbe, chemin in (
        (Portee.CONSULTATIONS_PREPARER, "post", "acheteur/consultations"),
        (Portee.CONSULTATIONS_PUBLIER, "post", ici(consultation, "/publication")),
        (Portee.CONSULTATIONS_PUBLIER, "post", ici(consultation, "/prolongation")),
        (Portee.QUESTIONS_REPONDRE, "get", ici(consultation, "/questions")),
        (Portee.REGISTRES_LIRE, "get", ici(consultation, "/retraits")),
    ):
        autres = {*Portee} - {portee}
        refus = logiciel_de(client, scene.martine, *autres, le=scene.le).demander(verbe, chemin)
        assert refus.status_code == 403 and f"« {portee} »" in refus.json()["detail"]


def test_qui_ne_peut_que_lire_lit(client, scene):
    lectrice = logiciel_de(client, scene.martine, Portee.CONSULTATIONS_LIRE, le=scene.le)

    assert lectrice.demander("get", ici(scene.brouillon())).status_code == 200


def test_un_jeton_ne_dispense_pas_du_second_facteur(martine, scene):
    from allauth.mfa.models import Authenticator

    Authenticator.objects.filter(user=scene.martine).delete()

    refus = martine.demander("get", "acheteur/consultations")

    assert refus.status_code == 403 and "second facteur" in refus.json()["detail"]


def test_aucun_appel_n_ouvre_une_reponse(client, db):
    chemins = client.get("/api/v1/openapi.json").json()["paths"]

    assert [
        chemin
        for chemin in chemins
        if "ouverture" in chemin or "seance" in chemin or "ouvrir" in chemin
    ] == []
