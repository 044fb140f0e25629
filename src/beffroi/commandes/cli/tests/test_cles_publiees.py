"""Toutes les clés publiées pour une consultation :
une seconde, que la plateforme cache à quelqu'un, se voit au registre.
"""

import base64

import pytest

from beffroi.commandes.cli.client.cles_publiees import ClesPubliees
from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.cli.tests.registres import Registre
from sceau import log, receipt

CONSULTATION = "2026-0142"


def publier(registre, *, signataire="martine", consultation=CONSULTATION, enveloppe="offre"):
    """Une clé publique au registre, telle que la plateforme la montre."""
    cle = {"enveloppe": enveloppe, "empreinte": f"de {signataire}", "signataire": signataire}
    contenu = {
        "format": log.PUBLIC_FORMAT,
        "concerne": consultation,
        "donnees": {"cle": {**cle, "consultation": consultation}},
    }
    ecriture, jeton = receipt.canonical(contenu), signataire.encode()
    numero = registre.ajouter(log.leaf_data(ecriture, jeton))
    return {
        "ecriture": ecriture.decode(),
        "jeton": base64.b64encode(jeton).decode(),
        "preuve": registre.preuve(numero),
    }


def suivies(registre, servie, *montrees):
    """Ce que la commande lit des clés d'une réponse, déjà vérifié."""
    reponse = {"enveloppes": [{"enveloppe": "offre", "preuve": servie}], "publiees": [*montrees]}
    publiees = ClesPubliees(reponse, CONSULTATION)
    publiees.verifier([log.Verifier(registre.signataire.vkey)])
    return publiees


@pytest.fixture
def registre():
    return Registre().grandir(700)


@pytest.fixture
def cle(registre):
    return publier(registre)


def test_la_seule_cle_du_registre_sert(registre, cle):
    publier(registre.grandir(900), consultation="2026-0143")

    suivies(registre, cle, cle).relire(registre.grandir(1300).etat, registre.chercher)


def test_une_seconde_cle_que_la_plateforme_cache_est_trouvee(registre, cle):
    publier(registre.grandir(900), signataire="un inconnu")

    publiees = suivies(registre, cle, cle)

    with pytest.raises(ErreurDeCommande, match=r"1 autre clé .* \(écriture n° 900\)"):
        publiees.relire(registre.grandir(1300).etat, registre.chercher)


def test_qui_a_recu_la_fausse_cle_voit_la_vraie(registre):
    fausse, _vraie = publier(registre, signataire="un inconnu"), publier(registre.grandir(900))

    with pytest.raises(ErreurDeCommande, match="que la plateforme ne vous montre pas"):
        suivies(registre, fausse, fausse).relire(registre.etat, registre.chercher)


def test_une_cle_qui_n_est_pas_dans_la_liste_de_tous_est_refusee(registre, cle):
    fausse = publier(registre, signataire="un inconnu")

    with pytest.raises(ErreurDeCommande, match="pas dans la liste de tous"):
        suivies(registre, fausse, cle)


def test_deux_cles_d_une_meme_personne_se_disent_et_n_arretent_rien(registre, cle, capsys):
    tour = publier(registre.grandir(900))
    publiees = suivies(registre, tour, cle, tour)
    publiees.relire(registre.etat, registre.chercher)

    publiees.departager("")

    assert "une autre clé de l'offre" in capsys.readouterr().err


def test_deux_signataires_demandent_a_l_entreprise_lequel_elle_attend(registre, cle, capsys):
    tour = publier(registre.grandir(900), signataire="helene")
    publiees = suivies(registre, tour, cle, tour)

    with pytest.raises(ErreurDeCommande, match=r"l'identité martine.*donnez --signataire"):
        publiees.departager("")
    publiees.departager("helene")

    assert "signée par l'identité martine" in capsys.readouterr().err


def test_la_cle_de_l_autre_enveloppe_n_est_pas_une_autre_cle(registre, cle, capsys):
    candidature = publier(registre, enveloppe="candidature", signataire="helene")

    suivies(registre, cle, cle, candidature).departager("")

    assert capsys.readouterr().err == ""


def test_une_cle_montree_a_une_place_qu_elle_n_a_pas_est_refusee(registre, cle):
    autre = publier(registre, signataire="un inconnu")

    with pytest.raises(ErreurDeCommande, match="une écriture n'est pas au registre"):
        suivies(registre, cle, {**cle, "preuve": autre["preuve"]})


def test_la_cle_d_une_autre_consultation_n_entre_pas_dans_la_liste(registre, cle):
    autre = publier(registre, consultation="2026-0143")

    with pytest.raises(ErreurDeCommande, match="liste des clés publiées"):
        suivies(registre, cle, cle, autre)


def test_une_feuille_que_le_serveur_maquille_se_voit(registre, cle):
    publier(registre.grandir(900), signataire="un inconnu")
    registre.grandir(1300)

    def maquillee(chemin):
        octets = registre.chercher(chemin)
        return octets.replace(registre.feuilles[900], bytes(64)) if "entries" in chemin else octets

    with pytest.raises(ErreurDeCommande, match="tuile du registre est abîmée"):
        suivies(registre, cle, cle).relire(registre.etat, maquillee)


def test_une_cle_trop_neuve_pour_la_tete_publique_ne_se_relit_pas_encore(registre):
    registre.publique, avant = 700, registre.etat
    cle = publier(registre)

    suivies(registre, cle, cle).relire(avant, lambda chemin: pytest.fail(chemin))


def test_l_ancien_format_n_est_pas_dans_la_liste_et_sert_encore(registre):
    contenu = {"format": "beffroi.ecriture/1", "donnees": {}}
    ecriture = receipt.canonical(contenu)
    numero = registre.ajouter(log.leaf_data(ecriture, b""))
    naissance = {"ecriture": ecriture.decode(), "jeton": "", "preuve": registre.preuve(numero)}

    publiees = suivies(registre, naissance)
    publiees.relire(registre.grandir(900).etat, registre.chercher)

    publier(registre, signataire="un inconnu")
    with pytest.raises(ErreurDeCommande, match="1 autre clé"):
        publiees.relire(registre.etat, registre.chercher)
