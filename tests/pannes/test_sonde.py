"""La sonde dépose pour de vrai ; le serveur meurt, elle le note elle-même ;
il revient, elle le note aussi.
"""

import json

from beffroi.commandes.cli import demo
from tests.serveurs.souche import beffroi

UN_MIO = 1024 * 1024


def sonder(plateforme, **environnement):
    reglages = demo.reglages(plateforme.dossier.resolve(), plateforme.adresse)
    return beffroi("sonde", "--une-fois", **reglages, **environnement)


def test_le_serveur_tue_la_sonde_note_l_echec_puis_le_retour(plateforme):
    plateforme.demarrer()
    assert (reussie := sonder(plateforme)).returncode == 0, reussie.stdout + reussie.stderr
    plateforme.tuer()
    assert sonder(plateforme).returncode == 1
    plateforme.demarrer()
    revenue = sonder(plateforme, BEFFROI_HORLOGES=plateforme.adresse)
    assert revenue.returncode == 0, revenue.stdout + revenue.stderr

    mesures = plateforme.lire(
        "SELECT reussie, etape, ecriture, durees FROM sonde_mesure WHERE origine = 'mesuree'",
    )
    assert [(reussie, etape) for reussie, etape, *_ in mesures] == [(1, ""), (0, "page"), (1, "")]
    assert set(json.loads(mesures[0][3])) == {"page", "debut", "envoi", "depot", "recepisse"}
    # Un petit fichier passerait là où un serveur frontal mal réglé refuse un envoi ordinaire.
    ((scelle,),) = plateforme.lire(
        "SELECT max(f.taille) FROM depots_fichierscelle f JOIN depots_brouillondereponse b ON "
        "b.id = f.brouillon_id "
        "JOIN consultations_consultation c ON c.id = b.consultation_id WHERE c.technique",
    )
    assert scelle > UN_MIO
    # Chaque bascule est figée aussitôt, et le registre relu tient, essais compris.
    assert all(ecriture for _, _, ecriture, _ in mesures)
    assert plateforme.lire("SELECT count(*) FROM journal_ecriture WHERE acte = 'pli.essayer'") == [
        (2,)
    ]
    ((ecart, marge),) = plateforme.lire(
        "SELECT ecart_ms, marge_ms FROM sonde_ecartdhorloge WHERE origine = 'mesuree'"
    )
    assert abs(ecart) <= marge + 1000
    # La place se lit même serveur mort ; ce qu'il avait répondu se compte une fois sa minute finie.
    assert plateforme.lire(
        "SELECT count(*) > 0 FROM sonde_minuteduserveur WHERE libre > 0 AND origine = 'mesuree'",
    ) == [(1,)]
    relu = plateforme.verifier()
    assert relu.returncode == 0, relu.stdout
