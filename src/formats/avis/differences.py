"""Un avis rectificatif ou d'annulation, tiré de deux avis : ce qui était dit, ce qu'il faut lire.

National : « au lieu de… lire… », mention par mention. Européen :
le nouvel avis entier, et ce qui y change, lot par lot.
"""

from dataclasses import dataclass, fields, replace
from datetime import date, datetime

from formats import dates
from formats.avis import national
from formats.avis.modele import Avis, Changement, Modification
from formats.typographie import typographier


class RienNeChange(ValueError):
    """Les deux avis disent la même chose : il n'y a rien à rectifier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Une mention qui change. Vide avant : elle est ajoutée. Vide après : elle est retirée."""

    section: str
    nom: str
    avant: str
    apres: str

    def __str__(self) -> str:
        repere = f"{self.section}, {self.nom}"
        if not self.avant:
            return f"{repere}. Ajouter : {self.apres}"
        if not self.apres:
            return f"{repere}. Retirer : {self.avant}"
        return f"{repere}. Au lieu de : {self.avant}. Lire : {self.apres}"


def comparer(avant: Avis, apres: Avis) -> tuple[Difference, ...]:
    """Les mentions de l'avis national qui changent, dans l'ordre du modèle."""
    anciennes, nouvelles = _mentions(avant), _mentions(apres)
    cles = [*nouvelles, *(cle for cle in anciennes if cle not in nouvelles)]
    return tuple(
        _difference(cle, anciennes, nouvelles)
        for cle in cles
        if (anciennes[cle][2] if cle in anciennes else "")
        != (nouvelles[cle][2] if cle in nouvelles else "")
    )


def texte_rectificatif(
    avant: Avis, apres: Avis, *, publie: str, motif: str, dossier_modifie_le: date | None = None
) -> str:
    """L'avis rectificatif national.

    `publie` : l'avis rectifié, comme « BOAMP n° 26-88058 du 11 septembre 2026 ».
    """
    changees = [str(difference) for difference in comparer(avant, apres)]
    if dossier_modifie_le is not None:
        changees.append(f"Le dossier de consultation a changé le {dossier_modifie_le:%d/%m/%Y}")
    if not changees:
        raise RienNeChange("Les deux avis disent la même chose. Il n'y a rien à rectifier.")
    lignes = [
        *_entete("AVIS RECTIFICATIF", avant, publie),
        motif,
        "",
        *changees,
        "",
        _envoi(apres.envoi),
    ]
    return typographier("\n".join(lignes)) + "\n"


def texte_d_annulation(avis: Avis, *, publie: str, motif: str, envoi: datetime) -> str:
    """L'avis d'annulation national :
    la procédure s'arrête, et l'on dit pourquoi (CCP, art. R. 2185-1 et R. 2185-2).
    """
    suite = f"La procédure est déclarée sans suite. {motif}"
    return (
        typographier(
            "\n".join([*_entete("AVIS D'ANNULATION", avis, publie), suite, "", _envoi(envoi)])
        )
        + "\n"
    )


def rectifier(
    avant: Avis,
    apres: Avis,
    *,
    avis_publie: str,
    explication: str,
    dossier_modifie_le: date | None = None,
) -> Avis:
    """L'avis européen rectificatif : `apres` entier, et les parties qui changent depuis `avant`."""
    parties = _parties_changees(avant, apres)
    if not parties and dossier_modifie_le is None:
        raise RienNeChange("Les deux avis disent la même chose. Il n'y a rien à rectifier.")
    resume = " ".join(f"{difference}." for difference in comparer(avant, apres)) or explication
    modification = Modification(
        parties=parties or ("PROCEDURE",),
        description=resume[:6000],
        dossier_modifie_le=dossier_modifie_le,
    )
    return replace(
        apres,
        changement=Changement(
            avis=avis_publie,
            motif="cor-buy",
            explication=explication,
            modifications=(modification,),
        ),
    )


def annuler(avis: Avis, *, avis_publie: str, explication: str, envoi: datetime) -> Avis:
    """L'avis européen d'annulation : le même avis, et son motif."""
    return replace(
        avis,
        envoi=envoi,
        changement=Changement(avis=avis_publie, motif="cancel", explication=explication),
    )


def _parties_changees(avant: Avis, apres: Avis) -> tuple[str, ...]:
    anciens = {lot.numero: lot for lot in avant.lots}
    # La remise et le recours s'écrivent dans chaque lot : s'ils changent, tous les lots changent.
    tous = (avant.remise, avant.recours) != (apres.remise, apres.recours)
    lots = tuple(
        f"LOT-{lot.numero:04}" for lot in apres.lots if tous or anciens.get(lot.numero) != lot
    )
    acheteur = ("BUYER",) if avant.acheteur != apres.acheteur else ()
    communs = {"lots", "remise", "recours", "acheteur", "envoi", "changement"}
    procedure = any(
        getattr(avant, champ.name) != getattr(apres, champ.name)
        for champ in fields(Avis)
        if champ.name not in communs
    )
    return (*acheteur, *(("PROCEDURE",) if procedure else ()), *lots)


def _mentions(avis: Avis) -> dict[str, tuple[str, str, str]]:
    return {
        ligne.cle: (section.titre, ligne.nom, ligne.valeur)
        for section in national.sections(avis)
        for ligne in section.lignes
    }


def _difference(
    cle: str, avant: dict[str, tuple[str, str, str]], apres: dict[str, tuple[str, str, str]]
) -> Difference:
    section, nom, _ = apres.get(cle) or avant[cle]
    return Difference(
        section=section,
        nom=nom,
        avant=avant[cle][2] if cle in avant else "",
        apres=apres[cle][2] if cle in apres else "",
    )


def _entete(titre: str, avis: Avis, publie: str) -> list[str]:
    acheteur = avis.acheteur.organisation
    return [
        titre,
        "",
        f"Acheteur : {acheteur.nom}, SIRET {acheteur.identifiant}",
        f"Marché : {avis.titre} ({avis.reference})",
        f"Avis publié : {publie}",
        "",
    ]


def _envoi(envoi: datetime) -> str:
    return f"Date d'envoi du présent avis : {dates.jour(envoi)}"
