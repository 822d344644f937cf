"""Land: counties, parcels, their owners, and the connections that each parcel is entitled to."""
