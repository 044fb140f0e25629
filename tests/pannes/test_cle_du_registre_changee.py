"""La clé du registre change pendant que deux nœuds servent et que l'on dépose : un seul registre,
rien de perdu, et chaque preuve se vérifie sous la clé de n'importe quel âge (ADR 0059).
"""

import re

import pytest

from beffroi.socle.journal.releves import AUTRE_MAIN
from sceau.handover import ACT
from sceau.verdict import Verdict
from tests.pannes.acharnement import juge
from tests.pannes.acharnement.acteurs import Lecteur, en_action
from tests.pannes.acharnement.parole import montrer
from tests.pannes.acharnement.registre import Registre
from tests.pannes.acharnement.tenu import des_deposantes, un_monde_tenu
from tests.pannes.poste import Poste
from tests.serveurs import souche
from tests.serveurs.attente import attendre

RELEVES = "SELECT count(*) FROM journal_ecriture WHERE acte = %s"
PAQUET = re.compile(r'href="(/archives/paquets/[^/"]+/fichier/)"')
ETABLI_S = 120


# Chaque jour, `serveurs/test_cle_du_registre` joue les deux nœuds seuls ; ici, l'on dépose, les
# ouvriers travaillent, et un paquet d'archives se fait.
@pytest.mark.long
def test_la_cle_du_registre_change_sous_deux_noeuds_qui_servent(tmp_path):
    with un_monde_tenu(tmp_path, entreprises=3, enveloppes=0) as monde:
        a, b = monde.noeuds
        registre, lecteur, paquet = Registre(), Lecteur(monde), tmp_path / "cles.age"

        with en_action(
            lecteur.sans_cesse, *(une.sans_cesse for une in des_deposantes(monde, registre))
        ):
            registre.attendre_des_depots(3)
            code = a.changer_la_cle_du_registre(paquet)
            registre.attendre_des_depots(3)
            assert monde.est_entier() and releves(monde) == 0

            a.relancer()
            assert releves(monde) == 1
            montrer("le nœud B, sans sa clé :", b.etat())
            assert not b.est_pret()
            registre.attendre_des_depots(3)
            refus_du_noeud_sans_sa_cle(monde, b, registre)

            b.prendre_les_cles(paquet, code)
            b.relancer()
            monde.attendre_qu_il_soit_entier()
            registre.attendre_des_depots(3)
            sip = un_paquet_d_archives(monde, tmp_path)

        juge.dire(monde, registre, lecteur)
        assert juge.fautes(monde, registre, lecteur) == []
        assert releves(monde) == 1
        juger_le_paquet(monde, sip)


def releves(monde):
    ((nombre,),) = juge.lire(monde, RELEVES, ACT)
    return nombre


def refus_du_noeud_sans_sa_cle(monde, noeud, registre):
    """Seul derrière le frontal, il ne signe rien, et le dit à qui dépose."""
    monde.servir_par(noeud)
    attendre(lambda: any(AUTRE_MAIN in phrase for phrase in registre.phrases), delai_s=ETABLI_S)
    monde.servir_par(*monde.noeuds)


def un_paquet_d_archives(monde, dossier):
    """Demandé par l'écran, fait par un ouvrier, téléchargé."""
    page = f"/archives/consultations/{monde.scene['finie']}/"
    client = monde.client(follow_redirects=True, timeout=60)
    martine = Poste.connecte(client, "martine", monde.scene["comptes"]["martine"])
    assert martine.poster(f"{page}paquet/", depuis=page, version="2.1").status_code == 200
    attendre(lambda: PAQUET.search(martine.lire(page)), delai_s=ETABLI_S, pas_s=0.3)
    sip = dossier / "paquet.zip"
    sip.write_bytes(martine.octets(PAQUET.search(martine.lire(page))[1]))
    return sip


def cle_d_aujourd_hui(monde):
    with monde.client() as client:
        return client.get("/journal/cles.json").json()["journal"]


def juger_le_paquet(monde, sip):
    """Sous la clé d'avant comme sous la neuve, rien n'y est faux, ses écritures sont au registre ;
    ce que son bordereau dit seul, le registre du nœud l'établit.
    """
    for cle in (monde.scene["cle_du_registre"], cle_d_aujourd_hui(monde)):
        lu = souche.beffroi("verifier", str(sip), "--cle", cle)
        assert lu.returncode == Verdict.NOT_ESTABLISHED, lu.stdout + lu.stderr
        assert "bien  chaque écriture du journal est au registre" in lu.stdout
    noeud = monde.noeuds[0]
    etabli = noeud.commande("verifier", "--journal", str(noeud.dossier), str(sip))
    assert etabli.returncode == Verdict.INTACT, etabli.stdout + etabli.stderr
    assert souche.beffroi("seda", "verifier", str(sip)).returncode == 0
