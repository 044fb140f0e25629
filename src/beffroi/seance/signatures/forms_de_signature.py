"""Prêter sa clé pour une signature :
le certificat et son mot de passe ne quittent pas la mémoire.
"""

from io import BytesIO
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import StopFutureHandlers

from beffroi.seance.signatures.rules import est_le_document_lu
from beffroi.socle.guichet.envois import EnvoiBorne
from formats.signature import Cle, Jeton
from formats.signature.cle_p12 import OCTETS_D_UN_P12

SANS_CERTIFICAT = "Choisissez le fichier de votre certificat."
MOYENS = [
    ("certificat", "Mon certificat, dans un fichier .p12 ou .pfx"),
    ("jeton", "Le jeton branché au serveur, par son code PIN"),
]


class SecretEnMemoire(EnvoiBorne):
    """Reçoit un fichier sans jamais l'écrire :
    au-delà de la limite, il n'en reste que le nom et la taille.
    """

    @property
    def limite(self) -> int:
        return OCTETS_D_UN_P12

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.recu = BytesIO()
        raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if start <= self.limite:
            self.recu.write(raw_data)
        return None

    def file_complete(self, file_size: int) -> "UploadedFile[bytes] | None":
        trop_gros = super().file_complete(file_size)
        self.recu.seek(0)
        return trop_gros or InMemoryUploadedFile(
            self.recu,
            self.field_name,
            self.file_name,
            self.content_type or "",
            file_size,
            self.charset,
        )


class SignerIciForm(forms.Form):
    moyen = forms.ChoiceField(
        label="Avec quoi", choices=MOYENS, widget=forms.RadioSelect, initial="certificat"
    )
    certificat = forms.FileField(
        label="Certificat et sa clé",
        required=False,
        error_messages={"required": SANS_CERTIFICAT},
        help_text="Un fichier .p12 ou .pfx. Il n'est ni enregistré ni gardé.",
        widget=forms.FileInput(attrs={"accept": ".p12,.pfx,application/x-pkcs12"}),
    )
    secret = forms.CharField(
        label="Mot de passe du certificat",
        strip=False,
        max_length=200,
        help_text="Il sert à cette signature, et s'oublie.",
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Donnez le mot de passe de ce certificat."},
    )
    lu = forms.BooleanField(
        label="J'ai lu le document et je m'engage à ce qu'il dit",
        error_messages={"required": "Lisez le document, puis cochez cette case : signer engage."},
    )

    def __init__(self, *args: Any, jeton: bool, empreinte: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.empreinte = empreinte
        if jeton:
            self.fields["secret"].label = "Mot de passe du certificat, ou code PIN du jeton"
            self.fields["certificat"].help_text += " Inutile avec le jeton."
        else:
            del self.fields["moyen"]
            self.fields["certificat"].required = True

    def clean(self) -> dict[str, Any]:
        dit = super().clean() or {}
        for motif in est_le_document_lu(
            lu=self.data.get("empreinte", ""), a_signer=self.empreinte
        ).motifs:
            self.add_error(None, str(motif))
        if dit.get("moyen") == "certificat" and not dit.get("certificat"):
            self.add_error("certificat", SANS_CERTIFICAT)
        return dit

    def clean_certificat(self) -> Any:
        recu = self.cleaned_data["certificat"]
        if recu and (recu.size or 0) > OCTETS_D_UN_P12:
            raise forms.ValidationError("Ce fichier dépasse 200 Ko : ce n'est pas un certificat.")
        return recu

    def cle(self) -> Cle:
        dit = self.cleaned_data
        if dit.get("moyen") == "jeton":
            reglages = settings.PKCS11
            return Cle(
                dit["secret"],
                jeton=Jeton(reglages["module"], reglages["jeton"], reglages["certificat"]),
            )
        return Cle(dit["secret"], p12=dit["certificat"].read())
