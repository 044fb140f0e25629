"""Le journal de sécurité : ce qui s'y inscrit, ce qui n'y entre jamais, ce qui l'efface."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.test import Client

from beffroi.centre.interventions.tests.theatre import agent, centre, commune
from beffroi.garde.conformite.models import TraceDeSecurite
from beffroi.garde.conformite.rules.securite import (
    CONSERVATION,
    REFUS_QUI_INSISTENT,
    SuiteDUnRefus,
    fait_de_l_acte,
    suite_d_un_refus,
)
from beffroi.garde.conformite.services.securite import noter, noter_un_acces_refuse, purger
from beffroi.personnes.comptes import services as comptes
from beffroi.personnes.comptes.rules import logiciel
from beffroi.personnes.comptes.tests.personnes import (
    LUNDI,
    MOT_DE_PASSE,
    avec_second_facteur,
    code,
    connecter,
    personne,
)
from beffroi.personnes.organismes.services import habiliter
from beffroi.socle.fondations import horloge
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.models import Ecriture

pytestmark = pytest.mark.django_db
Fait = TraceDeSecurite.Fait
ECRAN = "/cdg/conformite/journal-de-securite/"
SECRET_TAPE = "mot de passe tapé au mauvais endroit"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def essais_oublies():
    cache.clear()


@pytest.fixture
def samir():
    return connecter(Client(), agent(centre(), "Samir Technicien", "technicien"))


def se_connecter(courriel: str, mot_de_passe: str = MOT_DE_PASSE) -> Client:
    client = Client(headers={"user-agent": FIREFOX})
    client.post("/compte/connexion/", {"login": courriel, "password": mot_de_passe})
    return client


def faits() -> list[str]:
    return list(TraceDeSecurite.objects.order_by("pk").values_list("fait", flat=True))


def test_une_connexion_dit_qui_d_ou_et_avec_quoi():
    sophie = personne()
    se_connecter(sophie.courriel).post("/compte/deconnexion/")

    entree = TraceDeSecurite.objects.get(fait=Fait.CONNEXION)
    assert (entree.compte, entree.adresse, entree.logiciel) == (
        sophie.reference,
        "127.0.0.1",
        "Firefox, Windows",
    )
    assert faits()[-2:] == [Fait.CONNEXION, Fait.DECONNEXION]


@pytest.mark.moteurs
def test_un_refus_dit_le_compte_vise_et_jamais_ce_qui_est_tape():
    sophie = personne()
    se_connecter(sophie.courriel, SECRET_TAPE)
    se_connecter("inconnue@ailleurs.example", SECRET_TAPE)

    refus = TraceDeSecurite.objects.filter(fait=Fait.REFUS).order_by("pk")
    assert [(t.compte, t.precision) for t in refus] == [
        (sophie.reference, "mot de passe"),
        ("", "compte inconnu"),
    ]
    ecrit = str(list(TraceDeSecurite.objects.values()))
    assert SECRET_TAPE not in ecrit and "inconnue@" not in ecrit


@pytest.mark.moteurs
def test_un_code_refuse_puis_donne_a_la_connexion():
    sophie = avec_second_facteur(personne())
    client = se_connecter(sophie.courriel)
    client.post("/compte/connexion/code/", {"code": "000000"})
    client.post("/compte/connexion/code/", {"code": code(horloge.heure_reelle())})

    assert [fait for fait in faits() if "code" in fait or fait == "connexion"] == [
        "refus_du_code",
        "code",
        "connexion",
    ]
    assert "000000" not in str(list(TraceDeSecurite.objects.values()))


@pytest.mark.moteurs
def test_une_nouvelle_preuve_refusee_n_est_pas_une_connexion_refusee():
    sophie = personne()
    client = se_connecter(sophie.courriel)
    client.post("/compte/confirmer/", {"password": SECRET_TAPE})
    assert Fait.REFUS_DE_REPRISE in faits() and Fait.REFUS not in faits()


def test_les_actes_de_securite_du_journal_s_y_lisent_aussi():
    sophie, bomy = personne(), commune()
    habiliter(
        organisme=bomy, utilisateur=sophie, roles=("lecteur",), par=PLATEFORME, maintenant=LUNDI
    )
    comptes.delivrer_jeton(utilisateur=sophie, libelle="Un outil", maintenant=LUNDI)
    comptes.noter_changement_de_securite(
        utilisateur=sophie, acte="changer_mot_de_passe", maintenant=LUNDI
    )
    assert {"compte", "role", "jeton", "mot_de_passe", "reglage"} <= set(faits())


@pytest.mark.moteurs
def test_une_page_refusee_se_note_sans_ce_qui_est_cherche(samir):
    bomy = commune()
    claire = connecter(Client(), agent(centre(), "Claire Juriste", "juriste"))
    assert claire.get("/cdg/assistance/depot/").status_code == 403
    assert claire.get("/consultations/2020-9999/ouverture/").status_code == 404
    assert claire.get("/une-faute-de-frappe/").status_code == 404
    assert Client().get("/consultations/2020-9999/").status_code == 404

    traces = TraceDeSecurite.objects.filter(fait=Fait.ACCES_REFUSE).order_by("pk")
    assert [trace.precision for trace in traces] == ["assistance:depot", "ouverture:preparation"]
    assert {trace.adresse for trace in traces} == {"127.0.0.1"}
    assert "2020-9999" not in str(list(traces.values())) and bomy.siret not in str(
        list(traces.values())
    )
    assert "Page refusée" in samir.get(ECRAN, {"fait": "acces_refuse"}).content.decode()


@pytest.mark.parametrize(
    "deja,alerte_recente,trace,alerte",
    [
        (0, False, True, False),
        (18, False, True, False),
        (19, False, True, True),
        (19, True, True, False),
        (20, True, False, False),
        (25, False, False, True),
    ],
)
def test_vingt_refus_dans_l_heure_alertent_et_n_ecrivent_plus(deja, alerte_recente, trace, alerte):
    assert suite_d_un_refus(deja=deja, alerte_recente=alerte_recente) == SuiteDUnRefus(
        trace, alerte
    )


def test_qui_insiste_n_emplit_pas_la_base_et_le_centre_le_sait(samir):
    claire = agent(centre(), "Claire Juriste", "juriste")
    visite = connecter(Client(), claire)
    for numero in range(REFUS_QUI_INSISTENT + 5):
        visite.get(f"/consultations/2020-{numero:04d}/ouverture/")

    assert (
        faits().count(Fait.ACCES_REFUSE) == REFUS_QUI_INSISTENT and faits().count(Fait.ALERTE) == 1
    )
    parti = Courriel.objects.get(sujet__startswith="Un compte insiste")
    assert claire.reference in parti.texte and claire.nom not in parti.texte
    page = samir.get(ECRAN).content.decode()
    assert "Un compte insiste" in page and f"?compte={claire.reference}" in page


def test_l_heure_passee_les_refus_se_notent_de_nouveau_et_l_alerte_attend_le_lendemain():
    dernier = LUNDI + timedelta(minutes=REFUS_QUI_INSISTENT)
    venue = {"compte": "U-INSISTE", "page": "une:page", "adresse": None, "logiciel": ""}
    for minute in range(REFUS_QUI_INSISTENT):
        noter_un_acces_refuse(le=LUNDI + timedelta(minutes=minute), **venue)
    noter_un_acces_refuse(le=dernier, **venue)
    assert faits().count(Fait.ACCES_REFUSE) == REFUS_QUI_INSISTENT
    noter_un_acces_refuse(le=LUNDI + timedelta(hours=1), **venue)

    assert (
        faits().count(Fait.ACCES_REFUSE) == REFUS_QUI_INSISTENT + 1
        and faits().count(Fait.ALERTE) == 1
    )


def test_un_journal_sans_alerte_ne_dit_rien(samir):
    assert "Un compte insiste" not in samir.get(ECRAN).content.decode()


def test_le_journal_des_procedures_n_en_recoit_rien():
    sophie = personne()
    avant = Ecriture.objects.count()
    se_connecter(sophie.courriel, SECRET_TAPE)
    se_connecter(sophie.courriel)
    assert Ecriture.objects.count() == avant and TraceDeSecurite.objects.count() > 1


@pytest.mark.parametrize("acte", ["modifier", "effacer"])
def test_la_base_refuse_qu_une_trace_change_ou_s_efface_avant_l_heure(acte):
    noter(Fait.REFUS, le=LUNDI)
    noter(Fait.REFUS, le=LUNDI + CONSERVATION - timedelta(seconds=2))
    traces = TraceDeSecurite.objects.filter(le=LUNDI)
    with pytest.raises(DatabaseError, match="douze mois"), transaction.atomic():
        traces.update(precision="rien") if acte == "modifier" else traces.delete()
    assert TraceDeSecurite.objects.count() == 2


def test_a_douze_mois_la_ronde_efface_et_le_dit():
    noter(Fait.REFUS, le=LUNDI)
    noter(Fait.CONNEXION, le=LUNDI + timedelta(days=300))

    assert purger(le=LUNDI + CONSERVATION) == 0
    assert purger(le=LUNDI + CONSERVATION + timedelta(seconds=2)) == 1
    assert faits() == [Fait.CONNEXION, Fait.PURGE]
    assert purger(le=LUNDI + CONSERVATION + timedelta(days=1)) == 0


@pytest.mark.moteurs
def test_le_technicien_cherche_par_compte_et_par_fait(samir):
    sophie, paul = personne(), personne("Paul Martin", courriel="paul@ailleurs.example")
    se_connecter(sophie.courriel)
    se_connecter(paul.courriel, SECRET_TAPE)

    page = samir.get(ECRAN, {"compte": "PAUL@ailleurs.example", "fait": "refus"}).content.decode()
    assert paul.reference in page and sophie.reference not in page


@pytest.mark.parametrize(
    "requete,statut", [({"du": "2026-13-45"}, 422), ({"fait": "rien"}, 422), ({"page": "x"}, 200)]
)
def test_un_filtre_illisible_le_dit(samir, requete, statut):
    assert samir.get(ECRAN, requete).status_code == statut


@pytest.mark.moteurs
def test_les_jours_sont_ceux_de_paris(samir):
    noter(Fait.REFUS, le=LUNDI.replace(hour=23, minute=30), compte="U-DEMAIN")
    assert "U-DEMAIN" in samir.get(ECRAN, {"du": "2026-11-03", "au": "2026-11-03"}).content.decode()
    assert (
        "U-DEMAIN"
        not in samir.get(ECRAN, {"du": "2026-11-02", "au": "2026-11-02"}).content.decode()
    )


@pytest.mark.parametrize("jour", ["9999-12-31", "0001-01-01"])
def test_un_jour_hors_du_calendrier_se_refuse(samir, jour):
    assert samir.get(ECRAN, {"au": jour, "du": jour}).status_code == 422


def test_la_deuxieme_page_n_est_pas_un_filtre(samir):
    assert samir.get(ECRAN, {"page": "2"}).context["filtre"] is False
    assert samir.get(ECRAN, {"fait": "refus"}).context["filtre"] is True


@pytest.mark.moteurs
def test_emporter_le_csv_laisse_une_trace(samir):
    noter(Fait.REFUS, le=LUNDI, compte="U-VISE", precision="=1+1")
    contenu = b"".join(
        samir.get(ECRAN.removesuffix("/") + ".csv", {"fait": "refus"}).streaming_content
    ).decode()

    assert contenu.splitlines()[1].split(";")[:3] == [
        "02/11/2026 10:00:00,000",
        "Connexion refusée",
        "U-VISE",
    ]
    assert "'=1+1" in contenu
    assert TraceDeSecurite.objects.filter(fait=Fait.LECTURE).count() == 1


@pytest.mark.parametrize(
    "role,statut", [("juriste", 403), ("comptable", 403), ("administrateur", 200)]
)
def test_le_journal_de_securite_n_est_pas_a_tout_le_centre(role, statut):
    client = connecter(Client(), agent(centre(), "Claire Juriste", role))
    assert client.get(ECRAN).status_code == statut


@pytest.mark.parametrize(
    "annonce,dit",
    [
        (FIREFOX, "Firefox, Windows"),
        (
            "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36",
            "Chrome, Android",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge, Windows",
        ),
        ("<script>alarme()</script>", "autre"),
        ("", "autre"),
    ],
)
def test_le_logiciel_se_dit_de_nos_mots(annonce, dit):
    assert logiciel(annonce) == dit


def test_un_depot_n_est_pas_un_fait_de_securite():
    assert (fait_de_l_acte("pli.deposer"), fait_de_l_acte("habilitation.retirer")) == ("", "role")
