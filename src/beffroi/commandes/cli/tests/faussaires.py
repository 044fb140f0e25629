"""Des récépissés faits de rien : trente lignes de `sceau`, et aucune clé de la plateforme."""

import hashlib
from datetime import UTC, datetime, timedelta

from sceau import log, receipt, timestamp

LIMITE = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
FEUILLES = 1000
DEPOT = {
    "format": "beffroi.depot/1",
    "nonce": "0" * 32,
    "recepisse": "D-2026-66666666",
    "deposant": {"nom": "Société qui n'a rien déposé", "identifiant": "73282932000009"},
    "acheteur": {"nom": "Mairie de Bomy", "siret": "21620153400018"},
    "consultation": {"reference": "2026-0001", "titre": "Toiture", "objet": "Toiture"},
    "lots": [],
    "date_limite": "2026-11-30T12:00:00.000000Z",
    "hors_delai": False,
    "enveloppes": [],
}


def a_partir_de_rien(
    *,
    registre: str = "beffroi.localhost/journal",
    signataire: log.Signer | None = None,
    recu_le: datetime = LIMITE - timedelta(seconds=1),
    horodate_le: datetime = LIMITE - timedelta(seconds=1),
) -> bytes:
    """Un dépôt qui n'a jamais eu lieu, à l'heure que l'on veut, dans un registre de mille feuilles.

    `signataire` : la vraie clé du registre, quand c'est son détenteur qui ment.
    """
    cle = signataire or log.Signer.generate(registre)
    autorite = timestamp.Authority.create(LIMITE, "Centre de gestion")
    depot = {**DEPOT, "recu_le": f"{recu_le:%Y-%m-%dT%H:%M:%S.%fZ}"}
    contenu = receipt.canonical(depot)
    jeton = autorite.issue(hashlib.sha256(contenu).digest(), horodate_le)
    noeuds: dict[tuple[int, int], bytes] = {}
    for place in range(FEUILLES):
        donnees = log.leaf_data(contenu, jeton) if place == 500 else bytes(64)
        feuille = log.leaf_hash(donnees)
        for niveau, indice, empreinte in log.append_nodes(place, feuille, lambda *n: noeuds[n]):
            noeuds[niveau, indice] = empreinte
    racine = log.root(FEUILLES, lambda *n: noeuds[n])
    note = log.sign_note(log.Checkpoint(cle.name, FEUILLES, racine).body(), cle)
    chemin = tuple(log.inclusion(500, FEUILLES, lambda *n: noeuds[n]))
    cles = {
        "cles/journal.vkey": f"{cle.vkey}\n".encode(),
        "cles/horodatage.pem": autorite.root_pem,
    }
    return receipt.build(depot, jeton, None, log.Proof(500, chemin, note).encode(), cles)
