"""Un service compatible S3. Les parties y vont directement du navigateur, par des adresses signées.

L'empreinte SHA-256 de chaque partie est dans les entêtes signés : le service refuse d'autres
octets. L'empreinte composée de l'objet entier est notre `racine` (SHA-256 des SHA-256 des parties),
que le service vérifie aussi.
"""

import base64
import contextlib
import hashlib
import tempfile
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO, cast
from urllib.parse import quote

import boto3
from boto3.s3.transfer import TransferConfig
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from beffroi.socle.fondations.erreurs import EspaceInsuffisant
from beffroi.socle.fondations.stockage.adresses import adresse_du_public
from beffroi.socle.fondations.stockage.lecture_s3 import lire_d_un_trait
from beffroi.socle.fondations.stockage.local import copier
from beffroi.socle.fondations.stockage.protocole import (
    Cible,
    CleInconnue,
    Ecrit,
    Envoi,
    Partie,
    StockageEnPanne,
    est_une_cle,
    verifier_la_cle,
)

DUREE_D_UNE_ADRESSE_S = 300
SILENCE_S = 60
PAR_SHA256 = {"ChecksumAlgorithm": "SHA256"}
PAR_PARTIES = TransferConfig(
    64 << 20, multipart_chunksize=16 << 20, use_threads=False
)  # 5 Go au plus d'un bloc
ABSENTS = {"NoSuchKey", "NoSuchUpload", "404", "NotFound"}
PLEINS = {"InsufficientStorage", "QuotaExceeded", "507"}


class S3Store:
    """Un compartiment S3. `signataire` signe les adresses que le public suivra : une signature
    couvre le nom d'hôte, elle ne vaut qu'à l'adresse pour laquelle elle est faite.
    """

    par_nous = False

    def __init__(
        self, client: Any, compartiment: str, *, signataire: Any = None, inconnu: Any = None
    ) -> None:
        self.client = client
        self.compartiment = compartiment
        self.signataire = signataire or client
        self.inconnu = inconnu

    @classmethod
    def selon(cls, reglages: Mapping[str, Any]) -> "S3Store":
        return cls(
            client_s3(reglages, reglages["adresse"]),
            reglages["compartiment"],
            signataire=client_s3(reglages, adresse_du_public(reglages)),
            inconnu=client_s3(reglages, reglages["adresse"], signature_version=UNSIGNED),
        )

    def repondre(self) -> None:
        try:
            with pannes_en_phrases():
                self.client.head_bucket(Bucket=self.compartiment)
        except CleInconnue as absent:
            raise StockageEnPanne(
                f"Le compartiment « {self.compartiment} » n'existe pas."
            ) from absent

    def se_lit_sans_acces(self, cle: str) -> bool:
        """Ce qu'un inconnu demande par nos propres chemins : une politique les vaut tous."""
        demandes = (
            lambda: self.inconnu.head_object(**self._objet(cle)),
            lambda: self.inconnu.list_objects_v2(Bucket=self.compartiment, MaxKeys=1),
        )
        return any(map(_aboutit, demandes))

    def ecrire(self, cle: str, flux: BinaryIO) -> Ecrit:
        """Passe par un fichier temporaire :
        l'empreinte se connaît avant l'envoi, et le service vérifie chaque partie.
        """
        with tempfile.SpooledTemporaryFile(8 << 20) as tampon:
            ecrit = copier(flux, cast(BinaryIO, tampon))
            tampon.seek(0)
            with pannes_en_phrases():
                if (
                    ecrit.taille > PAR_PARTIES.multipart_threshold
                ):  # coupé, il s'abandonne et ne laisse rien
                    self.client.upload_fileobj(
                        tampon, *self._objet(cle).values(), PAR_SHA256, None, PAR_PARTIES
                    )
                else:
                    self.client.put_object(
                        **self._objet(cle), Body=tampon, ChecksumSHA256=en_base64(ecrit.sha256)
                    )
        return ecrit

    def lire(self, cle: str, debut: int = 0, longueur: int | None = None) -> BinaryIO:
        if longueur == 0 or debut >= self.taille(cle):
            return cast(BinaryIO, tempfile.TemporaryFile())
        fin = "" if longueur is None else str(debut + longueur - 1)

        def demander(deja: int, etiquette: str) -> tuple[str, Any]:
            la_meme = {"IfMatch": etiquette} if etiquette else {}
            etendue = f"bytes={debut + deja}-{fin}"
            with pannes_en_phrases(cle):
                rendu = self.client.get_object(**self._objet(cle), **la_meme, Range=etendue)
            return rendu["ETag"], rendu["Body"]

        return lire_d_un_trait(demander)

    def taille(self, cle: str) -> int:
        with pannes_en_phrases(cle):
            return int(self.client.head_object(**self._objet(cle))["ContentLength"])

    def gardes(self) -> Iterator[tuple[str, int]]:
        """Chaque objet gardé, par ordre de clé, et ses octets ; ce qui n'est pas à nous se tait."""
        with pannes_en_phrases():
            pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.compartiment)
            for objet in (objet for page in pages for objet in page.get("Contents", ())):
                if est_une_cle(objet["Key"]):
                    yield objet["Key"], int(objet["Size"])

    def marque(self, cle: str) -> str:
        with pannes_en_phrases(cle):
            entete = self.client.head_object(**self._objet(cle))
        return f"{entete['ETag']}-{entete['ContentLength']}-{entete['LastModified']}"

    def supprimer(self, cle: str) -> None:
        with contextlib.suppress(CleInconnue), pannes_en_phrases():
            self.client.delete_object(**self._objet(cle))

    def adresse_de_lecture(self, cle: str, nom: str) -> str | None:
        """Une adresse valable cinq minutes, de ce qui est gardé seulement ;
        le nom proposé suit la RFC 8187.
        """
        self.taille(cle)
        disposition = f"attachment; filename*=UTF-8''{quote(nom, safe='')}"
        demande = {**self._objet(cle), "ResponseContentDisposition": disposition}
        return str(
            self.signataire.generate_presigned_url(
                "get_object", demande, ExpiresIn=DUREE_D_UNE_ADRESSE_S
            )
        )

    def autoriser(self, origine: str) -> None:
        """Laisse les pages de cette origine envoyer et lire (CORS) :
        sans cela, leur navigateur le leur refuse.
        """
        regle = {
            "AllowedOrigins": [origine],
            "AllowedMethods": ["GET", "PUT"],
            "AllowedHeaders": ["*"],
            "ExposeHeaders": ["ETag", "Retry-After"],
            "MaxAgeSeconds": 3600,
        }
        with pannes_en_phrases():
            self.client.put_bucket_cors(
                Bucket=self.compartiment, CORSConfiguration={"CORSRules": [regle]}
            )

    def commencer(self, cle: str) -> Envoi:
        with pannes_en_phrases():
            reponse = self.client.create_multipart_upload(
                **self._objet(cle),
                ChecksumAlgorithm="SHA256",
                ContentType="application/octet-stream",
            )
        return Envoi(cle, str(reponse["UploadId"]))

    def cible_de_partie(self, envoi: Envoi, partie: Partie) -> Cible | None:
        empreinte = en_base64(partie.sha256)
        adresse = self.signataire.generate_presigned_url(
            "upload_part",
            Params={
                **self._envoi(envoi),
                "PartNumber": partie.numero,
                "ContentLength": partie.taille,
                "ChecksumSHA256": empreinte,
            },
            ExpiresIn=DUREE_D_UNE_ADRESSE_S,
        )
        return Cible(url=str(adresse), entetes={"x-amz-checksum-sha256": empreinte})

    def ecrire_partie(self, envoi: Envoi, partie: Partie, flux: BinaryIO) -> None:
        """Le passage par nous, pour les réseaux fermés et la ligne de commande d'exploitation."""
        with pannes_en_phrases():
            self.client.upload_part(
                **self._envoi(envoi),
                PartNumber=partie.numero,
                Body=flux.read(partie.taille),
                ChecksumSHA256=en_base64(partie.sha256),
            )

    def oublier_partie(self, envoi: Envoi, partie: Partie) -> None:
        """S3 garde la dernière partie reçue sous un numéro ;
        l'oublier, c'est la laisser remplacer.
        """

    def parties(self, envoi: Envoi) -> tuple[Partie, ...] | None:
        """La liste tenue par le service : ce qui y est est durable.

        Un envoi que le service a oublié n'a plus rien.
        """
        recues: list[Partie] = []
        with contextlib.suppress(CleInconnue), pannes_en_phrases():
            for page in self.client.get_paginator("list_parts").paginate(**self._envoi(envoi)):
                recues += [lire_partie(entree) for entree in page.get("Parts", [])]
        return tuple(recues)

    def achever(self, envoi: Envoi, parties: tuple[Partie, ...]) -> None:
        """Assemble, l'empreinte composée à l'appui.

        Déjà assemblé avec la bonne taille : rien à refaire.
        """
        racine = hashlib.sha256(b"".join(bytes.fromhex(partie.sha256) for partie in parties))
        composee = f"{base64.b64encode(racine.digest()).decode()}-{len(parties)}"
        try:
            marques = self._marques(envoi, parties)
            liste = [
                {
                    "PartNumber": p.numero,
                    "ETag": marques[p.numero],
                    "ChecksumSHA256": en_base64(p.sha256),
                }
                for p in parties
            ]
            with pannes_en_phrases():
                self.client.complete_multipart_upload(
                    **self._envoi(envoi), MultipartUpload={"Parts": liste}, ChecksumSHA256=composee
                )
        except CleInconnue:
            if self.taille(envoi.cle) != sum(partie.taille for partie in parties):
                raise

    def _marques(self, envoi: Envoi, parties: tuple[Partie, ...]) -> dict[int, str]:
        """La marque de chaque partie.

        Une partie passée par nous est notée sans la sienne : le service la redit.
        """
        if all(partie.marque for partie in parties):
            return {partie.numero: partie.marque for partie in parties}
        tenues = {partie.numero: partie.marque for partie in self.parties(envoi) or ()}
        if not tenues:
            raise CleInconnue(envoi.cle)
        return {partie.numero: tenues.get(partie.numero, "") for partie in parties}

    def abandonner(self, envoi: Envoi) -> None:
        with contextlib.suppress(CleInconnue), pannes_en_phrases():
            self.client.abort_multipart_upload(**self._envoi(envoi))
        self.supprimer(envoi.cle)

    def _objet(self, cle: str) -> dict[str, str]:
        return {"Bucket": self.compartiment, "Key": verifier_la_cle(cle)}

    def _envoi(self, envoi: Envoi) -> dict[str, str]:
        return {**self._objet(envoi.cle), "UploadId": envoi.identifiant}


def _aboutit(demande: Callable[[], Any]) -> bool:
    try:
        with pannes_en_phrases():
            demande()
    except (CleInconnue, StockageEnPanne):
        return False
    return True


def client_s3(reglages: Mapping[str, Any], adresse: str, *, signature_version: Any = "s3v4") -> Any:
    return boto3.client(
        "s3",
        endpoint_url=adresse or None,
        region_name=reglages["region"],
        aws_access_key_id=reglages["identifiant"],
        aws_secret_access_key=reglages["cle"],
        config=Config(
            signature_version=signature_version,
            s3={"addressing_style": "path"},
            connect_timeout=5,
            read_timeout=SILENCE_S,
            retries={"max_attempts": 4, "mode": "standard"},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        ),
    )


def lire_partie(entree: Mapping[str, Any]) -> Partie:
    """Une ligne de ListParts.

    Tous les services ne redisent pas l'empreinte qu'ils ont vérifiée : elle est alors vide.
    """
    empreinte = entree.get("ChecksumSHA256", "")
    return Partie(
        numero=int(entree["PartNumber"]),
        taille=int(entree["Size"]),
        sha256=base64.b64decode(empreinte).hex(),
        marque=str(entree["ETag"]),
        recue_le=entree.get("LastModified"),
    )


def en_base64(sha256: str) -> str:
    return base64.b64encode(bytes.fromhex(sha256)).decode()


@contextlib.contextmanager
def pannes_en_phrases(cle: str = "") -> Iterator[None]:
    """Traduit les refus du service : absent, plein, ou en panne."""
    try:
        yield
    except ClientError as erreur:
        code = str(erreur.response.get("Error", {}).get("Code", ""))
        if code in ABSENTS:
            raise CleInconnue(cle or code) from erreur
        if code in PLEINS:
            raise EspaceInsuffisant(
                "Notre stockage manque de place. Ce qui est déjà reçu est gardé."
            ) from erreur
        raise StockageEnPanne(
            f"Le stockage a refusé ({code}). Réessayez dans un instant."
        ) from erreur
    except BotoCoreError as erreur:
        raise StockageEnPanne("Le stockage ne répond pas. Réessayez dans un instant.") from erreur
