"""L'horodateur date la signature posée ici, et son silence n'empêche pas de signer."""

from beffroi.personnes.comptes.tests.personnes import LUNDI
from beffroi.seance.signatures import signer_ici
from beffroi.socle.fondations.erreurs import ServiceIndisponible
from beffroi.socle.journal.ports import JetonObtenu


def test_un_horodateur_en_panne_n_empeche_pas_de_signer(scene, monkeypatch):
    class EnPanne:
        def horodater(self, empreinte):
            raise ServiceIndisponible("Rien ne répond.")

    monkeypatch.setattr(signer_ici, "horodateur", EnPanne)

    assert signer_ici._horodater(bytes(32)) is None


def test_l_horodateur_de_la_plateforme_date_la_signature(monkeypatch):
    class Sert:
        def horodater(self, empreinte):
            return JetonObtenu(b"jeton de " + empreinte[:2], "Autorité d'essai", LUNDI)

    monkeypatch.setattr(signer_ici, "horodateur", Sert)

    assert signer_ici._horodater(b"ab" * 16) == b"jeton de ab"
