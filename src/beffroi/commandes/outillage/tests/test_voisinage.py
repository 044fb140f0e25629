"""`./beffroi test <lieu>` :
le lieu en entier, puis ses dépendants au plus près, et ce qui reste est nommé.
"""

from beffroi.commandes.outillage import voisinage


def test_un_contexte_est_un_lieu():
    assert voisinage.lieux()["depots"].name == "depots"


def test_les_essais_du_lieu_sont_a_distance_nulle():
    distances = voisinage.distances("tours")

    assert all(distances[fichier] == 0 for fichier in distances if "tours" in fichier.parts)


def test_un_essai_qui_importe_le_lieu_en_est_plus_pres_que_celui_qui_n_y_vient_que_par_un_autre():
    distances = voisinage.distances("tours")
    noms = {
        fichier.name: distance
        for fichier, distance in distances.items()
        if "selection" in fichier.parts
    }

    assert noms and all(distance >= 1 for distance in noms.values())


def test_sans_temps_le_lieu_se_joue_quand_meme_et_le_reste_est_laisse():
    joues, laisses = voisinage.choisis("tours", tenir=0)

    assert joues and all(
        "tours" in fichier.parts or voisinage.tient_la_maison(fichier) for fichier in joues
    )
    assert laisses


def test_ce_qui_tient_la_maison_entiere_se_joue_avec_chaque_lieu_les_tours_d_adresses_non():
    joues = {fichier.name for fichier in voisinage.choisis("tours", tenir=0)[0]}

    assert {"test_tailles.py", "test_noms.py", "test_documents.py"} <= joues
    assert not joues & voisinage.TOURS
    assert all((voisinage.MAISON / tour).exists() for tour in voisinage.TOURS)
