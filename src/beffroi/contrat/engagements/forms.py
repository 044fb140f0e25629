"""Les formulaires des engagements : un fichier signé, et le jour écrit dessus."""

from typing import ClassVar

from django import forms

from beffroi.contrat.marches.services.pieces import choisi
from beffroi.contrat.marches.services.signature import Signature
from beffroi.contrat.marches.services.signer_ici import ACHETEUR, TITULAIRE
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.champs.dates import JourField
from beffroi.socle.guichet.champs.fichiers import FichierField


class ActeSigneForm(forms.Form):
    partie: ClassVar[str]

    le = JourField(
        label="Date de la signature",
        help_text="Celle qui est écrite sur le document, ou dans la signature.",
    )
    fichier = FichierField()

    def signature(self) -> Signature:
        recu = self.cleaned_data["fichier"]
        fichier = choisi(recu.name, recu.read(), recu_le=maintenant())
        return Signature(self.partie, self.cleaned_data["le"], fichier)


class SigneParLeTitulaireForm(ActeSigneForm):
    partie = TITULAIRE


class SigneParLAcheteurForm(ActeSigneForm):
    partie = ACHETEUR
