"""Names for a fictional district. Streets, people and businesses are invented combinations."""

from curbstop.demo.chance import Chance

DISTRICT = "Tule Bend Water and Sewer District"
COUNTY_CODE = "alder"
COUNTY = "Alder"
CITY = "Tule Bend"
ZIP = "93999"
APN_MASK = "3-3-3"

GIVEN = (
    *("Ana", "James", "Maria", "Robert", "Guadalupe", "Linda", "José", "Patricia", "Wei", "Susan"),
    *("Luis", "Karen", "Rosa", "Michael", "Elena", "Thomas", "Thuy", "Daniel", "Carmen", "Mark"),
    *("Sofía", "Paul", "Ramón", "Nancy", "Héctor", "Sandra", "Arjun", "Kevin", "Lucía", "Brian"),
    *("Marisol", "George", "Yolanda", "Edward", "Teresa", "Ronald", "Ximena", "Anthony", "Mei"),
    *("Diego", "Deborah", "Andrés", "Jason", "Beatriz", "Jeffrey", "Priya", "Ryan", "Ofelia"),
)
FAMILY = (
    *("Alvarez", "Baker", "Castillo", "Chen", "Díaz", "Edwards", "Flores", "García", "Harris"),
    *("Ibarra", "Jackson", "Kaur", "Lopez", "Martínez", "Nguyen", "Ortega", "Peña", "Quintero"),
    *("Ramírez", "Sánchez", "Taylor", "Ureña", "Vargas", "Wilson", "Xiong", "Young", "Zavala"),
    *("Anderson", "Brooks", "Cervantes", "Dhillon", "Espinoza", "Foster", "Gómez", "Hughes"),
    *("Jiménez", "Kelly", "Lara", "Mendoza", "Navarro", "Olson", "Pham", "Reyes", "Singh"),
    *("Torres", "Underwood", "Villa", "Walker", "Yáñez", "Zimmerman", "Bautista", "Campbell"),
)
STREETS = (
    *("Alder", "Bittern", "Cottonwood", "Dogwood", "Egret", "Foxtail", "Goldfinch", "Heron"),
    *("Ironwood", "Juniper", "Kestrel", "Lupine", "Manzanita", "Nutmeg", "Oriole", "Poppy"),
    *("Quail", "Rush", "Sycamore", "Tule", "Umber", "Valley Oak", "Willow", "Yarrow", "Zinnia"),
    *("Blackbird", "Cattail", "Deergrass", "Elderberry", "Ferry", "Granary", "Harvest"),
    *("Island", "Killdeer", "Levee", "Meadowlark", "Orchard", "Packinghouse", "Railroad"),
    *("Slough", "Teal", "Vineyard", "Weir", "Avocet"),
)
STREET_KINDS = ("St", "Ave", "Ln", "Ct", "Dr", "Way")
BUSINESS = (
    *("Market", "Tire & Brake", "Taqueria", "Hardware", "Laundromat", "Dental", "Feed & Seed"),
    *("Cold Storage", "Bakery", "Motel", "Pharmacy", "Auto Body", "Nursery", "Packing Co."),
)
INSTITUTIONS = ("Elementary School", "Fire Station", "Community Church", "Branch Library")


def person(chance: Chance) -> str:
    """An invented person."""
    return f"{chance.pick(GIVEN)} {chance.pick(FAMILY)}"
