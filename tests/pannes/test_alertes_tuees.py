"""L'ouvrier meurt au milieu d'une alerte : la suivante part, une fois, et n'en oublie pas."""

import pytest

from tests.pannes.etapes import les_autres_la_nuit
from tests.pannes.test_ouvrier_tue import attendre_que_l_ouvrier_meure, relever

# Chaque jour, l'instant où l'alerte est écrite et pas encore validée ; les autres, dans la longue.
ETAPES = [
    *les_autres_la_nuit("alertes.avant_marque"),
    "alertes.avant_validation",
    *les_autres_la_nuit("alertes.avant_effacement", "tache.avant_marque"),
]
LE = "2026-01-01 00:00:00+00:00"


@pytest.mark.parametrize("etape", ETAPES)
def test_une_alerte_part_une_fois(plateforme, etape):
    garder_une_recherche_et_faire_paraitre(plateforme)

    plateforme.demarrer(BEFFROI_PANNE=etape)
    attendre_que_l_ouvrier_meure(plateforme)
    relever(plateforme)
    relever(plateforme)

    (ecrits,) = plateforme.lire(
        "SELECT count(*), count(envoye_le) FROM socle_courriel WHERE cle LIKE '%:alerte:%'",
    )
    partis = [
        f
        for f in (plateforme.dossier / "courriels").glob("*")
        if b"curieuse@example.org" in f.read_bytes()
    ]
    assert (ecrits, len(partis)) == ((1, 1), 1)
    assert (
        plateforme.lire("SELECT 1 FROM alertes_consultationparue WHERE annoncee_le IS NULL") == []
    )


def garder_une_recherche_et_faire_paraitre(plateforme):
    """Ce que la confirmation et la publication auraient écrit, dans une démonstration arrêtée."""
    plateforme.lire(
        "INSERT INTO abonnements_adresseabonnee (id, reference, courriel, donnee_le) "
        "VALUES (900, 'A-TUEE', 'curieuse@example.org', ?)",
        LE,
    )
    plateforme.lire(
        "INSERT INTO abonnements_suivi (reference, adresse_id, sujet, libelle, page, cadence, "
        "demande_le, "
        "confirme_le) VALUES ('S-TUEE', 900, 'recherche:tout', 'tout', '/consultations/', "
        "'instant', ?, ?)",
        LE,
        LE,
    )
    ouvertes = (
        "SELECT p.id FROM alertes_consultationparue p JOIN recherche_ficheindexee f ON "
        "f.reference = p.reference "
        "WHERE f.en_cours AND f.limite > datetime('now') LIMIT 2"
    )
    plateforme.lire(
        f"UPDATE alertes_consultationparue SET annoncee_le = NULL WHERE id IN ({ouvertes})",
    )
