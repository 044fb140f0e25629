"""Une ligne de la boîte d'envoi donne au plus un courriel, quoi qu'il arrive au serveur."""

import socket
from datetime import timedelta

import pytest
import time_machine

from beffroi.integrations.smtp.tests.serveur import viser
from beffroi.socle.fondations import evenements, outbox
from beffroi.socle.fondations.courriel import (
    PATIENCE,
    DejaConfie,
    IssueInconnue,
    message_de,
)
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.models import Courriel, Tache
from beffroi.socle.fondations.services import ecrire_courriel, relancer_le_courriel
from beffroi.socle.fondations.taches import vider_la_file

pytestmark = pytest.mark.django_db


def port_ferme():
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return prise.getsockname()[1]


def ecrire(**champs):
    defauts = {
        "cle": "avis-1",
        "destinataire": "sophie@example.org",
        "sujet": "Le dossier change",
        "texte": "Bonjour.",
    }
    return ecrire_courriel(maintenant=maintenant(), **{**defauts, **champs})


def laisser_passer(duree, *, pas=timedelta(minutes=30)):
    """Le temps avance, et l'ouvrier travaille."""
    depart = maintenant()
    ecoulee = timedelta(0)
    while ecoulee <= duree:
        with time_machine.travel(depart + ecoulee, tick=False):
            vider_la_file()
        ecoulee += pas


def test_un_courriel_accepte_part_une_fois(brancher):
    serveur = brancher()
    ecrire()
    laisser_passer(timedelta(hours=2))

    assert (serveur.essais, len(serveur.recus)) == (1, 1)
    assert Courriel.objects.get().envoye_le is not None


def test_le_serveur_qui_meurt_apres_avoir_pris_le_corps_n_en_recoit_pas_un_second(brancher):
    serveur = brancher("prendre et mourir")
    ecrire()
    laisser_passer(timedelta(days=1))

    assert len(serveur.recus) == 1
    courriel = Courriel.objects.get()
    assert (courriel.envoye_le, courriel.refuse_le) == (None, None)
    assert courriel.confie_le is not None


def test_deux_ouvriers_qui_ont_lu_la_meme_ligne_n_envoient_qu_un_courriel(brancher):
    serveur = brancher()
    ecrire()
    premier, second = Courriel.objects.get(), Courriel.objects.get()

    message_de(premier).send()
    with pytest.raises(DejaConfie):
        message_de(second).send()

    assert len(serveur.recus) == 1


def test_tant_que_l_issue_du_premier_envoi_est_inconnue_un_second_ouvrier_ne_renvoie_pas(brancher):
    """Les deux ont lu la ligne avant qu'elle soit confiée ; seul le serveur sait s'il l'a prise."""
    serveur = brancher("prendre et mourir")
    ecrire()
    premier, second = Courriel.objects.get(), Courriel.objects.get()

    with pytest.raises(IssueInconnue):
        message_de(premier).send()
    with pytest.raises(DejaConfie):
        message_de(second).send()

    assert len(serveur.recus) == 1


def test_un_ouvrier_tue_apres_avoir_livre_le_corps_ne_le_renvoie_pas(brancher, monkeypatch):
    def tue(*_, **__):
        raise KeyboardInterrupt

    serveur = brancher()
    ecrire()
    with monkeypatch.context() as meurtre, pytest.raises(KeyboardInterrupt):
        meurtre.setattr(outbox, "marquer_envoye", tue)
        vider_la_file()
    Tache.objects.update(etat=Tache.Etat.PRETE)
    laisser_passer(timedelta(hours=2))

    assert len(serveur.recus) == 1


def test_un_serveur_arrete_un_jour_ne_perd_rien_et_ne_double_rien(brancher, settings):
    port = port_ferme()
    viser(settings, port)
    for numero in range(3):
        ecrire(cle=f"avis-{numero}")
    laisser_passer(timedelta(days=1))
    essais = max(Tache.objects.values_list("essais", flat=True))

    serveur = brancher(port=port)
    with time_machine.travel(maintenant() + timedelta(days=1, hours=2), tick=False):
        laisser_passer(timedelta(hours=2))

    assert len(serveur.recus) == 3
    assert not Courriel.objects.filter(envoye_le=None).exists()
    assert essais <= 12 + 24


@pytest.mark.parametrize(
    "reponse",
    ["destinataire 450 4.2.1 Boîte occupée", "corps 451 4.3.0 Plus tard", "corps 421 Adieu"],
)
def test_un_refus_passager_se_recommence(brancher, reponse):
    serveur = brancher(reponse, reponse)
    ecrire()
    laisser_passer(timedelta(hours=3))

    assert (serveur.essais, len(serveur.recus)) == (3, 1)


@pytest.mark.parametrize("reponse", ["destinataire 550 5.1.1 Inconnu ici", "corps 554 5.7.1 Refus"])
def test_un_refus_definitif_se_note_s_annonce_et_ne_se_recommence_pas(
    brancher, reponse, monkeypatch
):
    annonces = []
    monkeypatch.setitem(evenements._abonnes, outbox.CourrielRefuse, [annonces.append])
    serveur = brancher(reponse)
    ecrire()
    laisser_passer(timedelta(days=1))

    assert (serveur.essais, serveur.recus) == (1, [])
    assert Courriel.objects.get().refus == reponse.partition(" ")[2]
    assert [(annonce.cle, annonce.destinataire) for annonce in annonces] == [
        ("avis-1", "sophie@example.org")
    ]


def test_la_patience_a_une_fin(settings):
    viser(settings, port_ferme())
    ecrire()
    laisser_passer(PATIENCE + timedelta(hours=2), pas=timedelta(hours=1))

    assert Courriel.objects.get().refus.startswith("Pas de réponse en cinq jours")
    assert not Tache.objects.filter(etat=Tache.Etat.PRETE).exists()


@pytest.mark.moteurs
def test_l_exploitant_relance_un_courriel_douteux_sous_le_meme_identifiant(brancher):
    serveur = brancher("prendre et mourir")
    courriel = ecrire()
    vider_la_file()

    assert relancer_le_courriel(courriel.reference)
    vider_la_file()

    assert len({message["Message-ID"] for message in serveur.recus}) == 1
    assert not relancer_le_courriel(courriel.reference)


def test_texte_et_page_disent_la_meme_chose(brancher, settings):
    settings.ADRESSE_PUBLIQUE = "https://marches.example"
    serveur = brancher()
    ecrire(texte="Bonjour <Sophie>,\n\nLe dossier est là : https://marches.example/c/2026-0001.\n")
    vider_la_file()
    texte, page = serveur.recus[0].iter_parts()

    assert "https://marches.example/c/2026-0001." in texte.get_content()
    assert '<a href="https://marches.example/c/2026-0001">' in page.get_content()
    assert "&lt;Sophie&gt;" in page.get_content()


def test_un_courriel_d_abonnement_porte_son_arret_en_un_clic(brancher):
    serveur = brancher()
    ecrire(arret="https://marches.example/suivis/A-1/arreter/")
    ecrire(cle="recu-1")
    vider_la_file()
    abonnement, recu = serveur.recus

    assert abonnement["List-Unsubscribe"] == "<https://marches.example/suivis/A-1/arreter/>"
    assert abonnement["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert recu["List-Unsubscribe"] is None


@pytest.mark.parametrize(
    "intrus", ["\r\nBcc: espion@example.org", "\nBcc: espion@example.org", "\x00\u2028Bcc: espion"]
)
def test_aucun_champ_n_ajoute_d_en_tete(brancher, intrus):
    serveur = brancher()
    piece = {
        "nom": f"recu{intrus}.txt",
        "type": "text/plain",
        "fabrique": f"{__name__}.note",
        "arguments": [],
    }
    ecrire(
        sujet=f"Bonjour{intrus}",
        texte=f"Bonjour{intrus}",
        arret=f"https://a.example/{intrus}",
        pieces=[piece],
    )
    vider_la_file()

    message = serveur.recus[0]
    assert message["Bcc"] is None
    assert [partie["Bcc"] for partie in message.walk()] == [None] * len(list(message.walk()))


def note() -> bytes:
    return b"note"


@pytest.mark.parametrize(
    "adresse", ["sophie@example.org\nBcc: a@b.example", "pas une adresse", "a@b.example" * 40]
)
def test_une_adresse_illisible_ne_bloque_pas_l_acte_et_se_voit(adresse):
    courriel = ecrire(destinataire=adresse)

    assert courriel.refuse_le is not None
    assert not Tache.objects.exists()
