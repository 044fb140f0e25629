"""Le stockage ne rend pas un scellé :
l'enveloppe reste scellée, on recommence, et rien ne se ferme pour de bon.
"""

import pytest
import time_machine

from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.reponse.depots.models import FichierScelle
from beffroi.seance.coffre.errors import ScelleNonRendu
from beffroi.seance.ouverture import capacite, ecrans, services
from beffroi.seance.ouverture.models import OuverturePli
from beffroi.seance.ouverture.tests import factories
from beffroi.seance.ouverture.tests.factories import SEANCE_LE
from beffroi.seance.ouverture.tests.test_services import ouvrir
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.fondations.stockage import StockageEnPanne, stockage
from beffroi.socle.journal.models import Ecriture
from demo.cles import CAPACITE

ETAT = OuverturePli.Etat
MOTIF = "Le disque est chez le réparateur ; la commission ne peut pas revenir."


@pytest.fixture
def a_l_ecart(tmp_path):
    """Éloigne les octets d'un scellé, et rend de quoi les remettre."""

    def ecarter(nom: str):
        chemin = stockage().chemin(FichierScelle.objects.get(nom=nom).cle_de_stockage)
        ailleurs = tmp_path / nom
        chemin.rename(ailleurs)
        return lambda: ailleurs.rename(chemin)

    return ecarter


@pytest.fixture
def seance(scene):
    scene.repond(offre={"prix.ods": b"PK prix", "acte.pdf": b"%PDF acte"})
    return factories.seance_ouverte(scene)


def test_un_volume_absent_rend_l_enveloppe_scellee_et_elle_s_ouvre_au_retour(seance, a_l_ecart):
    ouvrir(seance, 1)
    remettre = a_l_ecart("prix.ods")
    with pytest.raises(ScelleNonRendu, match=r"ne rend pas « prix\.ods »"):
        ouvrir(seance, 2)
    assert seance.ouvertures.get(rang=2).etat == ETAT.SCELLEE

    remettre()

    assert (ouvrir(seance, 2).etat, seance.ouvertures.get(rang=2).non_rendue_le) == (
        ETAT.OUVERTE,
        None,
    )
    assert seance.ouvertures.get(rang=2).constats == []


def test_une_panne_se_note_au_journal_sans_accuser_l_enveloppe(seance, a_l_ecart):
    a_l_ecart("Lettre de candidature.pdf")
    with pytest.raises(ScelleNonRendu):
        ouvrir(seance)

    actes = set(Ecriture.objects.filter(sujet=seance.reference).values_list("acte", flat=True))

    assert "enveloppe.non_rendue" in actes
    assert not actes & {"enveloppe.illisible", "enveloppe.ouverte"}
    assert seance.ouvertures.get(rang=1).non_rendue_le == SEANCE_LE


@pytest.mark.parametrize(
    "panne", [OSError(5, "Input/output error"), StockageEnPanne("Le stockage ne répond pas.")]
)
def test_une_lecture_coupee_en_route_est_une_panne(seance, monkeypatch, panne):
    class Coupe:
        def __init__(self, flux):
            self.flux, self.lus = flux, 0

        def read(self, taille=-1):
            if self.lus:
                raise panne
            self.lus += 1
            return self.flux.read(min(taille, 40))

        __enter__ = lambda self: self  # noqa: E731
        __exit__ = lambda self, *_: None  # noqa: E731

    vrai = stockage().lire
    monkeypatch.setattr(stockage(), "lire", lambda cle, *args: Coupe(vrai(cle, *args)))

    with pytest.raises(ScelleNonRendu):
        ouvrir(seance)

    assert seance.ouvertures.get(rang=1).etat == ETAT.SCELLEE


def test_on_n_ouvre_pas_sans_un_fichier_que_le_stockage_rend(seance):
    with pytest.raises(RegleEnfreinte, match="Rien ne manque"):
        sans_attendre(seance, 1)


def test_ne_pas_attendre_se_motive(seance, a_l_ecart):
    a_l_ecart("prix.ods")
    ouvrir(seance, 1)
    with pytest.raises(ScelleNonRendu):
        ouvrir(seance, 2)

    with pytest.raises(RegleEnfreinte, match="Dites pourquoi"):
        sans_attendre(seance, 2, motif="  ")


def test_on_ouvre_sans_attendre_ce_que_le_stockage_a_perdu(seance, a_l_ecart):
    a_l_ecart("prix.ods")
    ouvrir(seance, 1)
    with pytest.raises(ScelleNonRendu):
        ouvrir(seance, 2)

    ouverture = sans_attendre(seance, 2)

    assert [fichier.nom for fichier in ouverture.fichiers.all()] == ["acte.pdf"]
    assert (
        ouverture.constats[0]["texte"] == "« prix.ods » ne s'ouvre pas : le stockage ne l'a plus."
    )
    assert ouverture.observations[0]["texte"] == MOTIF


def test_une_enveloppe_illisible_se_rouvre_quand_sa_soeur_est_ouverte(scene, seance, a_l_ecart):
    remettre = [a_l_ecart("prix.ods"), a_l_ecart("acte.pdf")]
    ouvrir(seance, 1)
    with pytest.raises(ScelleNonRendu):
        ouvrir(seance, 2)
    assert sans_attendre(seance, 2).etat == ETAT.ILLISIBLE
    services.clore(seance=seance, par=seance.presidee_par, maintenant=SEANCE_LE)
    for rendre in remettre:
        rendre()

    fermes = ecrans.plis_fermes(scene.consultation, le=SEANCE_LE)
    reprise = factories.seance_ouverte(scene, plis=fermes, justification="Le disque est revenu.")
    factories.ouvrir_tout(reprise)

    assert [(o.enveloppe.sorte, o.etat) for o in reprise.ouvertures.all()] == [
        ("offre", ETAT.OUVERTE)
    ]
    assert ecrans.plis_fermes(scene.consultation, le=SEANCE_LE) == []


def sans_attendre(seance, rang, *, motif=MOTIF):
    return services.ouvrir_enveloppe_suivante(
        seance=seance,
        rang=rang,
        capacite=CAPACITE,
        par=seance.presidee_par,
        maintenant=SEANCE_LE,
        sans_les_manquants=motif,
    )


@time_machine.travel(SEANCE_LE, tick=False)
def test_l_ecran_dit_la_panne_et_propose_de_reessayer(scene, client, seance, a_l_ecart):
    services.lire_le_registre(seance=seance, par=seance.presidee_par, maintenant=SEANCE_LE)
    a_l_ecart("Lettre de candidature.pdf")
    entree = connecter(client, scene.personne("helene"))
    entree.cookies[capacite.nom(seance.reference)] = CAPACITE

    page = entree.post(
        f"/ouverture/{seance.reference}/suivante/", {"rang": "1"}, follow=True
    ).content.decode()

    assert "pour l’instant. L’enveloppe reste scellée" in page
    assert "Réessayer l’enveloppe 1" in page
