"""Qui suit une consultation apprend la réponse du même acte que la page,
sans savoir qui a demandé.
"""

from beffroi.personnes.abonnements import services as abonnements
from beffroi.publicite.questions.tests.gestes import poser, preparer, publier
from beffroi.publicite.retraits.queries import sujet_de
from beffroi.socle.fondations.models import Courriel


def test_une_adresse_qui_suit_recoit_la_reponse_au_meme_instant(scene, consultation, sophie):
    abonnements.suivre(
        courriel="suit@example.org", sujet=sujet_de(consultation), maintenant=scene.le
    )
    question = poser(consultation, sophie, le=scene.le)
    preparer(scene, question)

    reponse = publier(scene, question)

    lettre = Courriel.objects.get(destinataire="suit@example.org")
    assert (lettre.ecrit_le, reponse.texte in lettre.texte) == (reponse.publiee_le, True)
    assert not any(
        mot in lettre.sujet + lettre.texte for mot in ("Sophie", "Faîtage", question.reference)
    )
