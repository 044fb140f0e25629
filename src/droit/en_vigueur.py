"""La loi telle qu'elle est à une date :
`Droit.au(date).valeur("delai.appel_offres_ouvert.offres")`.

Une clé inconnue, une date hors de ce que les tables savent :
`DroitInconnu`, jamais une valeur supposée.
"""

from dataclasses import dataclass
from datetime import date

from droit.citation import Source
from droit.dates import en_toutes_lettres
from droit.tables import ConfianceDansLaSource, Donnee, Fiche, Lecture, Procedure, Tables, charger


class DroitInconnu(LookupError):
    """Les tables ne répondent pas ; la phrase dit ce qu'elles savent."""

    @property
    def phrase(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True)
class Valeur:
    """Une valeur à une date, et de quoi la citer."""

    cle: str
    libelle: str
    valeur: Donnee
    unite: str
    article: Source
    lu: Lecture
    confiance: ConfianceDansLaSource
    depuis: date
    entree_lue: bool
    prochain_changement: date | None
    pivot: str
    revoir_avant: date
    note: str

    @property
    def entier(self) -> int:
        """La valeur, quand l'appelant compte dessus comme nombre."""
        if isinstance(self.valeur, bool) or not isinstance(self.valeur, int):
            raise TypeError(f"« {self.cle} » n'est pas un nombre.")
        return self.valeur

    @property
    def liste(self) -> tuple[str, ...]:
        """La valeur, quand l'appelant compte dessus comme liste de noms."""
        if not isinstance(self.valeur, tuple) or not all(
            isinstance(nom, str) for nom in self.valeur
        ):
            raise TypeError(f"« {self.cle} » n'est pas une liste.")
        return self.valeur


@dataclass(frozen=True)
class Droit:
    """Les tables, vues d'une date."""

    jour: date
    tables: Tables

    @classmethod
    def au(cls, jour: date) -> "Droit":
        return cls(jour, charger())

    @property
    def empreinte(self) -> str:
        return self.tables.empreinte

    @property
    def version(self) -> str:
        return self.tables.version

    def valeur(self, cle: str) -> Valeur:
        fiche = self.fiche(cle)
        periode = fiche.periode(self.jour)
        if periode is None:
            raise DroitInconnu(hors_des_tables(fiche, self.jour))
        return Valeur(
            cle=fiche.cle,
            libelle=fiche.libelle,
            valeur=periode.valeur,
            unite=fiche.unite,
            article=periode.article,
            lu=periode.lu,
            confiance=periode.confiance,
            depuis=periode.du,
            entree_lue=periode.entree_lue,
            prochain_changement=fiche.changement_apres(periode),
            pivot=fiche.pivot,
            revoir_avant=fiche.revoir_avant,
            note=periode.note,
        )

    def valeur_connue(self, cle: str) -> Valeur:
        """La valeur à cette date ; avant ce que les tables savent, la première qu'elles donnent.

        Pour proposer ou conserver, jamais pour juger un acte :
        un acte se juge à la valeur de son jour, ou pas du tout.
        """
        return Droit(max(self.jour, self.fiche(cle).connue_du), self.tables).valeur(cle)

    def fiche(self, cle: str) -> Fiche:
        if cle not in self.tables.fiches:
            raise DroitInconnu(
                f"« {cle} » n'est pas une clé des tables.{voisines(cle, self.tables)}"
            )
        return self.tables.fiches[cle]

    def procedure(self, cle: str) -> Procedure:
        if cle not in self.tables.procedures:
            connues = ", ".join(self.tables.procedures)
            raise DroitInconnu(
                f"« {cle} » n'est pas une procédure des tables. Elles connaissent : {connues}."
            )
        return self.tables.procedures[cle]

    @property
    def procedures(self) -> tuple[Procedure, ...]:
        return tuple(
            procedure for procedure in self.tables.procedures.values() if procedure.du <= self.jour
        )

    @property
    def cles(self) -> tuple[str, ...]:
        return tuple(sorted(self.tables.fiches))


def hors_des_tables(fiche: Fiche, jour: date) -> str:
    """Ce que l'on sait de la clé, quand on ne sait rien à cette date."""
    debut = en_toutes_lettres(fiche.connue_du)
    borne = (
        f"du {debut} au {en_toutes_lettres(fiche.connue_au)}"
        if fiche.connue_au
        else f"à partir du {debut}"
    )
    phrase = (
        f"« {fiche.cle} » n'est pas connue au {en_toutes_lettres(jour)} : "
        f"les tables la donnent {borne}."
    )
    return f"{phrase} {fiche.inconnu}".strip()


def voisines(cle: str, tables: Tables) -> str:
    """Les clés qui commencent comme elle : une faute de frappe se corrige sans chercher."""
    tete = cle.split(".", maxsplit=1)[0]
    proches = [connue for connue in sorted(tables.fiches) if connue.startswith(f"{tete}.")]
    if not proches:
        familles = ", ".join(sorted({connue.split(".")[0] for connue in tables.fiches}))
        return f" Les tables tiennent ces familles : {familles}."
    reste = f" et {len(proches) - 5} autres" if len(proches) > 5 else ""
    return f" De la même famille : {', '.join(proches[:5])}{reste}."
