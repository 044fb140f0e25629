"""Un vrai témoin, tenu sur cette machine, refuse ce qui ne prolonge pas ;
le nôtre s'en passe quand il se tait.
"""

import base64
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from beffroi.integrations.temoins.adapter import TemoinDistant
from beffroi.socle.fondations.erreurs import ServiceIndisponible
from beffroi.socle.journal import chainage, checks, queries, views
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.models import Cosignature, Ecriture
from beffroi.socle.journal.services import journaliser, publier_la_tete, signer_un_point_de_controle
from beffroi.socle.journal.temoins import faire_cosigner
from sceau import SealError, log
from tests.releves import relever_dans

pytestmark = pytest.mark.django_db
MIDI = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
MUET = "http://127.0.0.1:9"


class Temoin(HTTPServer):
    """La règle de c2sp.org/tlog-witness :
    une signature seulement pour une tête qui prolonge la dernière signée.
    """

    def __init__(self, cle_du_journal: str) -> None:
        super().__init__(("127.0.0.1", 0), Guichet)
        self.signataire = log.Signer.generate("temoin.example")
        self.cle_du_journal = log.Verifier(cle_du_journal)
        self.retenue = (0, log.EMPTY_ROOT)
        self.comportement, self.demandes = "", 0

    @property
    def reglage(self) -> str:
        return f"{self.signataire.witness_vkey} http://127.0.0.1:{self.server_port}"

    def juger(self, corps: str) -> tuple[int, str]:
        entete, note = corps.split("\n\n", 1)
        ancien, *preuve = entete.split("\n")
        try:
            tete = log.open_checkpoint(note, [self.cle_du_journal])
        except SealError:
            return 403, ""
        taille, racine = self.retenue
        if ancien != f"old {taille}":
            return 409, f"{taille}\n"
        chemin = [base64.b64decode(ligne) for ligne in preuve]
        if not log.verify_consistency(taille, tete.size, chemin, racine, tete.root):
            return 422, ""
        self.retenue = (tete.size, tete.root)
        return 200, self.signataire.cosign(tete.body(), int(time.time()))


class Guichet(BaseHTTPRequestHandler):
    server: Temoin

    def do_POST(self) -> None:
        self.server.demandes += 1
        corps = self.rfile.read(int(self.headers["Content-Length"])).decode()
        statut, texte = self.server.juger(corps) if self.path == "/add-checkpoint" else (404, "")
        if self.server.comportement == "faux":
            texte = log.Signer.generate("temoin.example").cosign("autre chose\n", 1)
        if self.server.comportement == "bavard":
            texte = "x" * 100_000
        self.send_response(statut)
        if statut == 409:
            self.send_header("Content-Type", "text/x.tlog.size")
        self.end_headers()
        self.wfile.write(texte.encode())

    def log_message(self, *_: object) -> None:
        """Le témoin se tait sur la console."""


@pytest.fixture
def temoin(settings, db):
    serveur = Temoin(chainage.signataire().vkey)
    threading.Thread(target=serveur.serve_forever, args=[0.02], daemon=True).start()
    settings.JOURNAL = {**settings.JOURNAL, "temoins": [serveur.reglage]}
    yield serveur
    serveur.shutdown()
    serveur.server_close()


@pytest.fixture(autouse=True)
def il_est_midi(monkeypatch):
    monkeypatch.setattr(views, "maintenant", lambda: MIDI)


def ecrire(nombre: int, *, heure: int = 0) -> None:
    """Des écritures, puis la tête publique de cette heure : 128 lignes par heure."""
    le = MIDI + timedelta(hours=heure)
    for n in range(nombre):
        journaliser("essai.ecrire", sujet=f"X-{n}", par=PLATEFORME, le=le)
    publier_la_tete(le=le)


def test_chaque_tete_est_montree_une_fois_et_cosignee(temoin):
    for heure in (0, 1):
        ecrire(3, heure=heure)
        faire_cosigner(MIDI)
        faire_cosigner(MIDI)

    assert temoin.demandes == 2
    assert temoin.retenue[0] == 192
    assert list(Cosignature.objects.order_by("point_id").values_list("point_id", "temoin")) == [
        (64, "temoin.example"),
        (192, "temoin.example"),
    ]


def test_la_tete_publiee_porte_la_signature_du_temoin(temoin, client):
    ecrire(3)
    faire_cosigner(MIDI)

    note = client.get("/journal/checkpoint").content.decode()

    cles = [log.Verifier(chainage.signataire().vkey), log.Verifier(temoin.signataire.witness_vkey)]
    assert {cle.name for cle in log.open_note(note, cles)[1]} == {
        "beffroi.localhost/journal",
        "temoin.example",
    }
    assert "temoin.example" in client.get("/journal/").content.decode()


def test_une_preuve_faite_apres_prefere_une_tete_cosignee(temoin):
    ecrire(2)
    ecrire(2, heure=1)
    faire_cosigner(MIDI)
    ecrire(2, heure=2)

    point = queries.tete_qui_couvre(0)

    assert point.taille == 192
    preuve = chainage.preuve(0, queries.note_complete(point))
    feuille = bytes(queries.histoire("X-0").first().feuille)
    cles = [log.Verifier(chainage.signataire().vkey), log.Verifier(temoin.signataire.witness_vkey)]
    assert log.verify_proof(preuve, log.leaf_hash(feuille), cles).size == 192
    assert len(log.open_note(log.Proof.parse(preuve).checkpoint, cles)[1]) == 2


def test_plusieurs_ecritures_se_prouvent_chacune_sous_la_tete_qu_elle_aurait_seule(temoin):
    """Les unes sous une tête cosignée, les autres sous la première signée ;
    la dernière n'en a pas encore.
    """
    ecrire(2)
    signer_un_point_de_controle(le=MIDI)
    faire_cosigner(MIDI)
    ecrire(2, heure=2)
    signer_un_point_de_controle(le=MIDI)
    ecrire(1, heure=3)
    numeros = [*Ecriture.objects.values_list("numero", flat=True)]

    ensemble = queries.tetes_qui_couvrent(numeros)

    assert ensemble == {n: seule for n in numeros if (seule := queries.tete_qui_couvre(n))}
    assert (len(numeros) - len(ensemble), len(set(ensemble.values()))) == (1, 2)


def test_un_temoin_en_avance_sur_nos_notes_dit_ou_il_en_est(temoin):
    """Nous avons perdu sa réponse : il redit sa taille, nous repartons de là."""
    ecrire(3)
    tete = queries.derniere_tete()
    temoin.retenue = (64, log.Checkpoint.parse(tete.note).root)
    ecrire(1, heure=1)

    faire_cosigner(MIDI)

    assert (temoin.demandes, queries.derniere_taille_cosignee("temoin.example")) == (2, 192)


def test_un_journal_reecrit_n_est_pas_cosigne(temoin):
    ecrire(3)
    temoin.retenue = (2, b"\0" * 32)

    faire_cosigner(MIDI)

    assert not Cosignature.objects.exists()


@pytest.mark.parametrize("comportement", ["faux", "bavard"])
def test_une_reponse_douteuse_n_est_pas_gardee(temoin, comportement):
    temoin.comportement = comportement
    ecrire(3)

    faire_cosigner(MIDI)

    assert not Cosignature.objects.exists()


def test_un_temoin_muet_ne_retient_rien():
    cle = log.Signer.generate("temoin.example").witness_vkey
    ecrire(1)

    with pytest.raises(ServiceIndisponible, match="n'a pas répondu"):
        TemoinDistant(cle, MUET).cosigner(queries.derniere_tete().note, depuis=0, preuve=[])


def test_d_office_il_n_y_a_pas_de_temoin(client):
    ecrire(1)
    faire_cosigner(MIDI)

    assert "signée que par nous" in client.get("/journal/").content.decode()


@pytest.mark.parametrize("reglage", ["charabia https://temoin.example", "cle-sans-adresse"])
def test_un_temoin_mal_regle_empeche_de_servir(settings, reglage):
    settings.JOURNAL = {**settings.JOURNAL, "temoins": [reglage]}

    assert [message.id for message in checks.temoins_du_journal()] == ["journal.E004"]


def test_la_cle_d_un_journal_n_est_pas_celle_d_un_temoin(settings):
    settings.JOURNAL = {
        **settings.JOURNAL,
        "temoins": [f"{chainage.signataire().vkey} https://temoin.example"],
    }

    assert [message.id for message in checks.temoins_du_journal()] == ["journal.E004"]


def test_un_temoin_attend_qu_on_lui_dise_la_cle_neuve_et_reprend_d_ou_il_en_etait(
    temoin, tmp_path, settings
):
    """Il retient le nom du registre, sa clé et la dernière tête : la clé seule change."""
    ecrire(3)
    faire_cosigner(MIDI)
    relever_dans(tmp_path, settings)(le=MIDI)
    ecrire(3, heure=1)

    faire_cosigner(MIDI)
    assert (temoin.retenue[0], Cosignature.objects.count()) == (64, 1)

    temoin.cle_du_journal = log.Verifier(chainage.signataire().vkey)
    faire_cosigner(MIDI)
    assert (temoin.retenue[0], Cosignature.objects.count()) == (192, 2)
