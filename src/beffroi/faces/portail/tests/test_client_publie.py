"""Le code servi aux navigateurs est au journal,
et ses empreintes sont celles des fichiers servis.
"""

import base64
import hashlib
import json
from datetime import UTC, datetime

import pytest

from beffroi.faces.portail import client_publie
from beffroi.socle.journal.models import Ecriture

pytestmark = pytest.mark.django_db
MIDI = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


def publications() -> list[dict[str, str]]:
    contenus = (
        Ecriture.objects.filter(acte="client.publier")
        .order_by("numero")
        .values_list("contenu", flat=True)
    )
    return [json.loads(contenu)["donnees"]["fichiers"] for contenu in contenus]


def test_le_code_servi_est_au_journal_une_fois():
    client_publie.publier_le_client(MIDI)
    client_publie.publier_le_client(MIDI)

    (fichiers,) = publications()
    for nom, empreinte in fichiers.items():
        octets = (client_publie.EMPREINTES.parent / nom).read_bytes()
        assert empreinte == f"sha256-{base64.b64encode(hashlib.sha256(octets).digest()).decode()}"


def test_une_nouvelle_version_s_ajoute(tmp_path, monkeypatch):
    client_publie.publier_le_client(MIDI)
    nouvelle = tmp_path / "empreintes.json"
    nouvelle.write_text(json.dumps({"reponse.js": "sha256-AAAA"}))
    monkeypatch.setattr(client_publie, "EMPREINTES", nouvelle)

    client_publie.publier_le_client(MIDI)

    assert publications()[-1] == {"reponse.js": "sha256-AAAA"}
