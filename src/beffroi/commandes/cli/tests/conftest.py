"""Le récépissé d'un vrai dépôt, tel que l'entreprise le reçoit ; un nœud, et ses clés."""

import pytest

from beffroi.commandes.cli import noeud_paquet, registre_local
from beffroi.reponse.depots import recepisse
from beffroi.reponse.depots.tests import factories
from beffroi.socle.fondations import cles_du_service
from beffroi.socle.fondations.horloge import heure_reelle
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.journal import chainage


@pytest.fixture
def recu(db, tmp_path, settings):
    settings.STOCKAGE = {**settings.STOCKAGE, "dossier": tmp_path / "fichiers"}
    stockage.cache_clear()
    pli = factories.Candidat(factories.consultation()).depose(("offre", None))
    fichier = tmp_path / "recu.zip"
    fichier.write_bytes(recepisse.archive_du_recu(pli))
    yield fichier
    stockage.cache_clear()


@pytest.fixture
def dossier_de_cette_base(monkeypatch, tmp_path):
    """Un dossier de données dont la base est celle de l'essai : le registre s'y relit."""
    (tmp_path / "beffroi.sqlite3").touch()
    monkeypatch.setenv("BEFFROI_DONNEES", "")
    for geste in ("preparer_django", "exiger_une_base_a_jour"):
        monkeypatch.setattr(registre_local, geste, lambda *_: None)
    return tmp_path


@pytest.fixture
def sous_cle() -> list[str]:
    """Ce qu'une personne tape quand elle connaît la clé du registre."""
    return ["--cle", chainage.signataire().vkey]


@pytest.fixture
def paquets_vite_faits(monkeypatch):
    """Le code d'un paquet de clés ne coûte pas ici une seconde à éprouver."""
    monkeypatch.setattr(noeud_paquet, "TRAVAIL", 4)


@pytest.fixture
def noeud(settings, tmp_path):
    """`noeud("b")` : ce nœud démarre, et ses réglages lisent ses clés ; neuf, ils créent la sienne.

    Rappelé, il redémarre.
    """
    journal, horodatage = settings.JOURNAL, settings.HORODATAGE

    def demarrer(nom):
        settings.DONNEES = tmp_path / nom
        cles = settings.DONNEES / "cles"
        settings.JOURNAL = {**journal, "cle": cles / "journal.txt"}
        settings.HORODATAGE = {
            **horodatage,
            "cle": cles / "horodatage.pem",
            "precedentes": cles / "horodatages-precedents",
        }
        cles.mkdir(parents=True, exist_ok=True)
        secret = cles / "django.txt"
        if not secret.exists():
            secret.write_text(f"secret du noeud {nom}".ljust(50, "."), "utf-8")
        avant = [*cles_du_service.rangees(cles)]
        reconnues = [une.cle for une in avant if une.jusqu_au >= heure_reelle().date()]
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = secret.read_text("utf-8"), reconnues
        chainage.lire_le_signataire.cache_clear()
        settings.CLES_DU_SERVICE = {"fichier": secret, "precedentes": [une.cle for une in avant]}
        return cles

    return demarrer
