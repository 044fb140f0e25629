"""Ce qu'une signature d'un PDF dit d'elle-même, et ce qu'on en a vérifié."""

from dataclasses import dataclass
from datetime import datetime

from formats import dates
from formats.signature.verdict import Verdict


@dataclass(frozen=True)
class SignatureLue:
    """Une signature PAdES (ETSI EN 319 142) ou PKCS#7 d'un PDF (ISO 32000-2, 12.8).

    `intacte` : les octets signés n'ont pas changé et la signature est celle du certificat joint.
    `couvre_tout` : rien n'a été ajouté après elle. `declaree_le` est l'heure que le poste du
    signataire a écrite ; `horodatee` dit qu'un jeton d'horodatage intact l'accompagne. `origine` :
    où commence la table de la première révision du document, quand tout ce qui la suit n'est que
    des signatures (`cosignature.adresse_de_la_table`). `verdict`, `motif`, `categorie` : la
    conclusion d'une vérification entière, quand il y en a eu une.
    """

    signataire: str
    emetteur: str
    intacte: bool
    couvre_tout: bool
    declaree_le: datetime | None = None
    horodatee: bool = False
    certificat_jusqu_au: datetime | None = None
    origine: int | None = None
    verdict: str = ""
    motif: str = ""
    categorie: str = ""

    @property
    def est_bonne(self) -> bool:
        """Intacte, et rien n'a suivi. L'identité du signataire, elle, reste à vérifier."""
        return self.intacte and self.couvre_tout

    @property
    def phrase(self) -> str:
        """Ce qui se lit à l'écran et au dossier."""
        quand = f", le {dates.jour(self.declaree_le)}" if self.declaree_le else ""
        heure = "heure horodatée" if self.horodatee else "heure du poste"
        if self.verdict:
            return (
                f"{Verdict(self.verdict).en_francais} : "
                f"{self.signataire}{quand}{f' ({heure})' if quand else ''}. {self.motif} "
                f"Certificat de {self.emetteur}, {self.categorie}."
            )
        etat = (
            "le document a changé depuis, ou la signature n'est pas celle du certificat"
            if not self.intacte
            else "document intact"
            if self.couvre_tout
            else "document intact jusqu'à elle ; quelque chose a été ajouté ensuite"
        )
        return (
            f"Signature électronique de {self.signataire}{quand}{f' ({heure})' if quand else ''} : "
            f"{etat}. Certificat de "
            f"{self.emetteur}, dont la confiance n'est pas vérifiée."
        )
