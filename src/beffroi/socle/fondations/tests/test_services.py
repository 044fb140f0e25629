"""Un numéro qui suit, un courriel qui part une fois."""

from subprocess import check_output  # noqa: F401  une pièce forgée la nommerait ici

import pytest
from django.core import mail
from django.db import transaction

from beffroi.socle.fondations.courriel import FabriqueEtrangere, contenu
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.fondations.services import ecrire_courriel, numero_suivant
from beffroi.socle.fondations.taches import vider_la_file

pytestmark = pytest.mark.django_db


def ecrire(cle="recu-1", **champs):
    defauts = {
        "destinataire": "sophie@example.org",
        "sujet": "Votre réponse est déposée",
        "texte": "Bonjour.",
    }
    return ecrire_courriel(cle=cle, maintenant=maintenant(), **{**defauts, **champs})


def test_les_numeros_d_une_suite_se_suivent():
    assert [numero_suivant("D-2026") for _ in range(3)] == [1, 2, 3]
    assert numero_suivant("D-2027") == 1


@pytest.mark.django_db(transaction=True)
def test_un_numero_rendu_avec_l_acte_annule_est_redonne():
    with pytest.raises(RuntimeError), transaction.atomic():
        numero_suivant("D-2026")
        raise RuntimeError

    assert numero_suivant("D-2026") == 1


def test_un_courriel_part_apres_l_acte():
    ecrire()
    assert mail.outbox == []

    vider_la_file()

    assert [message.subject for message in mail.outbox] == ["Votre réponse est déposée"]
    assert Courriel.objects.get().envoye_le is not None


def test_la_meme_cle_n_ecrit_qu_un_courriel():
    ecrire()
    ecrire()
    vider_la_file()

    assert len(mail.outbox) == 1


def test_un_sujet_ne_peut_pas_porter_d_en_tete():
    courriel = ecrire(sujet="Bonjour\r\nBcc: espion@example.org")

    assert "\n" not in courriel.sujet


def test_une_panne_du_courriel_laisse_la_lettre_en_attente(monkeypatch):
    def panne(*_, **__):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", panne)
    ecrire()
    vider_la_file()

    assert Courriel.objects.get().envoye_le is None


def test_la_piece_jointe_est_fabriquee_a_l_envoi():
    piece = {
        "nom": "note.txt",
        "type": "text/plain",
        "fabrique": f"{__name__}.fabriquer",
        "arguments": ["D-1"],
    }
    ecrire(pieces=[piece])
    vider_la_file()

    assert mail.outbox[0].attachments[0].content == "récépissé D-1"


@pytest.mark.parametrize("fabrique", ["subprocess.check_output", f"{__name__}.check_output"])
def test_seule_une_fonction_du_produit_fabrique_une_piece(fabrique, tmp_path):
    temoin = tmp_path / "temoin"
    piece = {
        "nom": "note.txt",
        "type": "text/plain",
        "fabrique": fabrique,
        "arguments": [["touch", str(temoin)]],
    }

    with pytest.raises(FabriqueEtrangere):
        contenu(piece)
    assert not temoin.exists()


def test_une_cle_longue_comme_une_adresse_n_empeche_aucun_acte():
    longue = f"sans-suite/2027-0142/{'a' * 200}@example.org"

    gardee = ecrire(cle=longue)

    assert gardee.cle.startswith("sans-suite/2027-0142/") and len(gardee.cle) == 120
    assert ecrire(cle=longue) == gardee
    assert ecrire(cle=f"{longue}.fr") != gardee


def fabriquer(reference: str) -> bytes:
    return f"récépissé {reference}".encode()
