"""Ce que le procès-verbal dit de l'antivirus : ce qui était vu à cet instant, et rien de plus."""

import pytest

from beffroi.seance.antivirus import services
from beffroi.seance.antivirus.rules import Constat, Etat
from beffroi.seance.ouverture.models import FichierOuvert
from beffroi.seance.ouverture.tests import factories
from beffroi.seance.ouverture.tests.factories import SEANCE_LE
from beffroi.seance.proces_verbaux import composition

CHIFFRE = Constat(Etat.NON_ANALYSE, motif="le fichier est chiffré")


class MoteurRelie:
    """Un moteur est réglé ; il n'a encore rien lu."""


@pytest.fixture
def relie(settings):
    settings.ADAPTATEURS = {
        **settings.ADAPTATEURS,
        "antivirus.Antivirus": f"{__name__}.MoteurRelie",
    }


def seance_de(scene):
    scene.repond(offre={"prix.zip": b"PK"})
    seance = factories.seance_ouverte(scene)
    factories.ouvrir_tout(seance)
    return seance


def dit(seance):
    return composition.composer(seance, etabli_le=SEANCE_LE).antivirus


def test_sans_antivirus_le_proces_verbal_le_dit(scene):
    assert (
        dit(seance_de(scene))
        == "Aucun antivirus n'est relié : les fichiers n'ont pas été analysés."
    )


def test_il_compte_les_sains_nomme_les_autres_et_dit_ce_qui_reste(scene, relie):
    seance = seance_de(scene)
    assert dit(seance) == "Antivirus : 0 fichier sain ; 2 fichiers encore à lire."

    lettre, prix = FichierOuvert.objects.order_by("pk")
    services.noter_l_analyse(fichier=lettre, constat=Constat(Etat.SAIN), maintenant=SEANCE_LE)
    services.noter_l_analyse(
        fichier=prix, constat=Constat(Etat.INFECTE, menace="Eicar"), maintenant=SEANCE_LE
    )
    assert (
        dit(seance)
        == "Antivirus : 1 fichier sain ; « prix.zip » infecté (Eicar), mis en quarantaine."
    )

    services.noter_l_analyse(fichier=prix, constat=CHIFFRE, maintenant=SEANCE_LE)
    assert (
        dit(seance)
        == "Antivirus : 1 fichier sain ; « prix.zip » non analysé : le fichier est chiffré."
    )
