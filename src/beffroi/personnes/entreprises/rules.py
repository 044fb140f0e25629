"""Reconnaître une entreprise : SIREN, SIRET, TVA, identifiant étranger. Des règles pures."""

from stdnum import luhn
from stdnum.eu import vat
from stdnum.exceptions import ValidationError

from beffroi.personnes.comptes.rules import CONFIRMER_SON_ADRESSE
from beffroi.socle.budgets.rules import Budget
from droit.decision import Decision, Motif

SIREN_DE_LA_POSTE = "356000000"
SIEGE_DE_LA_POSTE = "35600000000048"
PREFIXES_DE_TVA = {"GR": "EL"}
EQUIPES_PAR_JOUR, EQUIPES_PAR_RESEAU = 10, 30
PRESENTATIONS = Budget(
    acte="entreprises.presenter",
    par_reseau=20,
    en_tout=60,
    lignes=1,
    sinon=CONFIRMER_SON_ADRESSE,
)
# Les États membres de l'Union,
# et l'Irlande du Nord pour les biens (préfixe XI), n'ont pas à être devinés.
UNION_EUROPEENNE = frozenset(pays.upper() for pays in vat.MEMBER_STATES) - {"EL", "XI"} | {"GR"}


def chiffres(numero: str) -> str:
    """Le numéro sans les espaces, points et tirets qu'on met pour le lire."""
    return "".join(signe for signe in numero if signe not in " .-\u00a0\u202f").upper()


def siren_valide(siren: str) -> bool:
    """Neuf chiffres, dont la clé de Luhn (ISO/IEC 7812-1)."""
    return len(siren) == 9 and siren.isascii() and siren.isdigit() and luhn.is_valid(siren)


def siret_valide(siret: str) -> bool:
    """Quatorze chiffres, clé de Luhn sur le SIREN et sur l'ensemble.

    La Poste fait exception : trop de bureaux pour un seul SIREN. Hormis son siège, la somme des
    quatorze chiffres est un multiple de cinq
    (https://fr.wikipedia.org/wiki/Système_d'identification_du_répertoire_des_ établissements,
    « Exceptions pour le groupe La Poste » ; même règle dans python-stdnum, `stdnum.fr.siret`).
    """
    if not (len(siret) == 14 and siret.isascii() and siret.isdigit() and siren_valide(siret[:9])):
        return False
    if siret.startswith(SIREN_DE_LA_POSTE) and siret != SIEGE_DE_LA_POSTE:
        return sum(map(int, siret)) % 5 == 0
    return luhn.is_valid(siret)


def siren(siret: str) -> str:
    """Le SIREN que porte un SIRET."""
    return siret[:9]


def numero_d_entreprise(*, nature: str, identifiant: str) -> str:
    """Ce qui dit l'entreprise entière : le SIREN d'un SIRET ; ailleurs, le même numéro."""
    return siren(identifiant) if nature == "francaise" else identifiant


def peut_reunir(
    *, la_meme_personne: bool, en_cours: bool, le_meme_etablissement: bool, toujours_seule: bool
) -> Decision:
    """Ce qu'une personne a fait seule rejoint l'équipe qui l'a reconnue, si elle le veut.

    D'autres personnes auraient été dans son équipe : elles n'ont reconnu personne de l'autre.
    """
    if not (la_meme_personne and en_cours):
        return Decision.refus(Motif("Vous n'êtes plus de ces deux équipes. Rechargez la page."))
    if not le_meme_etablissement:
        return Decision.refus(
            Motif("Ces deux équipes ne disent pas le même établissement : gardez-les à part.")
        )
    if not toujours_seule:
        return Decision.refus(
            Motif(
                "D'autres personnes ont été de cette équipe, et n'ont pas reconnu vos nouveaux "
                "collègues. Invitez-les plutôt dans l'autre équipe."
            )
        )
    return Decision.accord()


def peut_inviter(*, adresse_prouvee: bool) -> Decision:
    """La plateforme n'écrit à un tiers, au nom d'une personne, que si elle sait où la joindre."""
    if not adresse_prouvee:
        return Decision.refus(
            Motif(
                "Confirmez d'abord votre adresse, par le lien reçu par courriel : vos collègues "
                "doivent pouvoir se fier à celle qui les invite."
            )
        )
    return Decision.accord()


def peut_reconnaitre(*, sa_preuve: bool, la_mienne: bool) -> Decision:
    """Reconnaître ouvre les réponses : à qui l'on sait être là où il dit, et par qui l'est.

    Une adresse tapée est celle de n'importe qui, et un compte ouvert à l'adresse d'un autre lui
    revient un jour : il y trouverait des collègues qu'il n'a pas choisis.
    """
    return Decision.selon(
        None
        if sa_preuve
        else Motif(
            "Cette personne n'a pas confirmé son adresse : rien ne dit qu'elle la lit. "
            "Demandez-lui d'ouvrir le lien reçu par courriel, ou invitez-la à l'adresse que vous "
            "lui connaissez."
        ),
        None
        if la_mienne
        else Motif(
            "Confirmez d'abord votre adresse, par le lien reçu par courriel : vous pourrez ensuite "
            "reconnaître vos collègues."
        ),
    )


def peut_rouvrir(
    *,
    habitee: bool,
    reunie: bool,
    compte_ouvert: bool,
    adresse_prouvee: bool,
    soi_meme: bool,
) -> Decision:
    """Une équipe vide s'ouvre à qui le centre a vu être de l'entreprise, et sait où joindre."""
    return Decision.selon(
        Motif("Quelqu'un est encore dans cette équipe : à elle de reconnaître ses collègues.")
        if habitee
        else None,
        Motif("Cette équipe est réunie à une autre : c'est l'autre qui se rouvre.")
        if reunie
        else None,
        None if compte_ouvert else Motif("Ce compte est fermé. La personne en ouvre un autre."),
        None
        if adresse_prouvee
        else Motif("Cette personne n'a pas prouvé son adresse : elle ouvre d'abord le lien reçu."),
        Motif("On ne se rouvre pas une équipe à soi-même : demandez-le à un collègue du centre.")
        if soi_meme
        else None,
    )


def peut_fonder(*, fondees_aujourd_hui: int, du_reseau: int) -> Decision:
    """La première équipe d'une personne ne s'arrête jamais : elle dépose peut-être à 11 h 58.

    Au-delà, quelques-unes par jour suffisent à qui répond pour plusieurs établissements ; une
    nuée d'équipes ne sert qu'à noyer celles des autres.
    """
    if not fondees_aujourd_hui:
        return Decision.accord()
    return Decision.selon(
        Motif(
            f"Vous avez déjà ajouté {fondees_aujourd_hui} établissements aujourd'hui. Reprenez "
            "demain, ou appelez-nous : rien n'empêche de déposer pour ceux que vous avez."
        )
        if fondees_aujourd_hui >= EQUIPES_PAR_JOUR
        else None,
        Motif(
            "Trop d'établissements ont été ajoutés aujourd'hui depuis votre réseau. Reprenez "
            "demain, ou appelez-nous : rien n'empêche de déposer pour ceux que vous avez."
        )
        if du_reseau >= EQUIPES_PAR_RESEAU
        else None,
    )


def doit_prevenir(*, du_reseau: int) -> bool:
    """Au-delà, fonder une équipe n'écrit plus d'office à celles du même établissement : qui en est
    le demande d'un geste (« Demander à rejoindre mes collègues »).
    """
    return du_reseau < EQUIPES_PAR_RESEAU


def controle_du_siret(siret: str) -> Decision:
    """Dit ce qui cloche dans un SIRET, pour qu'on le corrige."""
    if not (siret.isascii() and siret.isdigit()):
        return Decision.refus(Motif("Un SIRET ne contient que des chiffres."))
    if len(siret) != 14:
        return Decision.refus(Motif(f"Un SIRET a 14 chiffres ; celui-ci en a {len(siret)}."))
    if not siret_valide(siret):
        return Decision.refus(
            Motif("Ce SIRET n'existe pas : un chiffre est faux, ou deux sont inversés.")
        )
    return Decision.accord()


def tva_valide(numero: str, *, pays: str) -> bool:
    """Un numéro de TVA intracommunautaire de ce pays, sa clé comprise."""
    if not numero.startswith(PREFIXES_DE_TVA.get(pays, pays)):
        return False
    try:
        vat.validate(numero)
    except ValidationError:
        return False
    return True


def tva(siren: str) -> str:
    """Le numéro de TVA d'une entreprise française, calculé de son SIREN (CGI, ann. IV, art. 51)."""
    cle = (12 + 3 * (int(siren) % 97)) % 97
    return f"FR{cle:02d}{siren}"


def nature_de_l_entreprise(*, pays: str, identifiant: str) -> str:
    """Française par son SIRET, de l'Union par son numéro de TVA, étrangère sinon."""
    if pays == "FR":
        return "francaise"
    if pays in UNION_EUROPEENNE and tva_valide(identifiant, pays=pays):
        return "union"
    return "etrangere"


def controle_de_l_identifiant(*, pays: str, identifiant: str) -> Decision:
    """Une entreprise française donne son SIRET ; ailleurs, tout identifiant officiel convient.

    Un numéro qui commence comme une TVA de l'Union doit en avoir la clé :
    c'est là qu'on se trompe de touche.
    """
    if pays == "FR":
        return controle_du_siret(identifiant)
    if not 3 <= len(identifiant) <= 40:
        return Decision.refus(
            Motif("Saisissez le numéro officiel de l'entreprise, de 3 à 40 signes.")
        )
    prefixe = PREFIXES_DE_TVA.get(pays, pays)
    if (
        pays in UNION_EUROPEENNE
        and identifiant.startswith(prefixe)
        and not tva_valide(identifiant, pays=pays)
    ):
        return Decision.refus(
            Motif("Ce numéro de TVA n'existe pas : un signe est faux, ou deux sont inversés.")
        )
    return Decision.accord()


def identite_d_un_membre(identifiant: str) -> str:
    """L'entreprise derrière ce qu'on a saisi :
    son SIREN, qu'on l'ait dit par un SIRET, un SIREN ou une TVA française.

    Deux plis de la même identité se remplacent (CCP, art. R. 2151-6) :
    un autre établissement du même cotraitant ne fait pas un autre soumissionnaire.
    """
    numero = chiffres(identifiant)
    if siret_valide(numero):
        return siren(numero)
    if len(numero) == 13 and siren_valide(numero[4:]) and numero == tva(numero[4:]):
        return numero[4:]
    return numero


def controle_d_un_membre(identifiant: str) -> Decision:
    """Neuf chiffres sont un SIREN, quatorze un SIRET ;
    tout autre numéro est celui d'une entreprise étrangère.
    """
    numero = chiffres(identifiant)
    if numero.isascii() and numero.isdigit() and len(numero) == 14:
        return controle_du_siret(numero)
    if numero.isascii() and numero.isdigit() and len(numero) == 9 and not siren_valide(numero):
        return Decision.refus(
            Motif(
                "Ce SIREN n'existe pas : un chiffre est faux, ou deux sont inversés. "
                "Si l'entreprise est étrangère, faites précéder son numéro du code de son pays, "
                "par exemple GB."
            )
        )
    if not 3 <= len(numero) <= 40:
        return Decision.refus(
            Motif("Saisissez un SIRET, un SIREN ou, hors de France, un numéro de 3 à 40 signes.")
        )
    return Decision.accord()


def controle_du_code_postal(code: str) -> Decision:
    """Cinq chiffres, dont les deux premiers désignent un département ou une
    collectivité d'outre-mer.
    """
    if (
        len(code) == 5
        and code.isascii()
        and code.isdigit()
        and departement(code) not in {"00", "96", "99"}
    ):
        return Decision.accord()
    return Decision.refus(Motif("Un code postal français a cinq chiffres, par exemple 62960."))


def departement(code_postal: str) -> str:
    """Ce qui situe un code postal : deux chiffres, ou trois outre-mer (97x, 98x) ;
    la Corse entière est « 20 ».
    """
    return code_postal[:3] if code_postal.startswith(("97", "98")) else code_postal[:2]
